import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffJson } from '../../src/cli/diff-json.ts';
import { diffMarkdown } from '../../src/cli/diff-markdown.ts';
import { diffText } from '../../src/cli/diff-text.ts';
import type { Diff, FieldChange } from '../../src/model/diff.ts';
import type { Json } from '../../src/model/json.ts';

const web = { tool: 'hello', component: 'web', kind: 'Deployment', name: 'web' };

function diffOf(...changes: readonly FieldChange[]): Diff {
  return {
    tools: { total: 3500, changed: ['hello'], deleted: [] },
    files: [{ path: 'manifests-out/tools/hello/web.yaml', change: 'change' }],
    changes,
  };
}

function changed(from: Json | undefined, to: Json | undefined, field = 'spec.image'): Diff {
  return diffOf({ ...web, field, from, to });
}

const whole: FieldChange = { ...web, kind: 'Service', field: '', from: undefined, to: '(object)' };
const platform: FieldChange = { ...whole, component: '', kind: 'Role', from: '(object)', to: undefined };
const root: FieldChange = {
  tool: '',
  component: '',
  kind: 'AppProject',
  name: 'platform',
  field: 'spec.a',
  from: 1,
  to: 2,
};
const many = Array.from({ length: 3000 }, (_, index) => ({
  ...whole,
  component: `c-${index}`,
  name: `c-${index}`,
}));

describe('diffText', () => {
  test('tells how far it reaches first, then each object field by field', () => {
    const diff = diffOf(
      root,
      platform,
      { ...web, field: 'spec.replicas', from: 1, to: 2 },
      { ...web, field: 'spec.image', from: `a${'b'.repeat(60)}`, to: `c${'d'.repeat(60)}` },
      { ...web, field: 'metadata.labels.x', from: undefined, to: 'y' },
      { ...web, field: 'metadata.labels.z', from: 'z', to: undefined },
      whole,
    );
    expect(diffText(diff)).toBe(`1 of 3,500 tools change, 0 deleted (files: 0 added, 1 changed, 0 deleted)

platform
  AppProject platform
    ~ spec.a: 1 → 2

hello (platform)
  - Role web

hello/web
  Deployment web
    ~ spec.replicas: 1 → 2
    ~ spec.image:
      a${'b'.repeat(60)}
    → c${'d'.repeat(60)}
    + metadata.labels.x: y
    - metadata.labels.z: z
  + Service web
`);
  });

  test('tells of no change in a line', () => {
    const none: Diff = { tools: { total: 1, changed: [], deleted: [] }, files: [], changes: [] };
    expect(diffText(none)).toBe('0 of 1 tool changes, 0 deleted\n');
  });

  test('stops after many objects', () => {
    expect(diffText(diffOf(...many))).toContain('\nand 2,500 more objects\n');
  });

  test.each([
    { value: '\u001b[31mred', shown: '"\\u001b[31mred"' },
    { value: 'a\nb', shown: '"a\\nb"' },
    { value: 'a\u202eb', shown: '"a\\u{202e}b"' },
    { value: '\u009b2J', shown: '"\\u{9b}2J"' },
    { value: '', shown: '""' },
    { value: ' a', shown: '" a"' },
    { value: { a: [1, null] }, shown: '{"a":[1,null]}' },
    { value: 'x'.repeat(300), shown: `${'x'.repeat(199)}…` },
  ])('shows $value as $shown', ({ value, shown }) => {
    expect(diffText(changed(undefined, value))).toContain(`    + spec.image: ${shown}\n`);
  });

  test('never moves the cursor, whatever values and fields hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', minLength: 1 }),
        (value, field) => {
          expect(diffText(changed(value, undefined, field))).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
        },
      ),
    );
  });

  test('colours only when asked to', () => {
    expect(diffText(changed('a', 'b'), { colour: true })).toContain(
      '\u001b[31ma\u001b[0m → \u001b[32mb\u001b[0m',
    );
    expect(diffText(changed('a', 'b'))).not.toContain('\u001b');
  });
});

describe('diffJson', () => {
  test('has counts of tools, and null for what is not there', () => {
    expect(JSON.parse(diffJson(diffOf(whole)))).toEqual({
      tools: { total: 3500, changed: 1, deleted: 0 },
      files: [{ path: 'manifests-out/tools/hello/web.yaml', change: 'change' }],
      changes: [{ ...whole, from: null }],
    });
  });
});

describe('diffMarkdown', () => {
  test('folds a table for each component under how far it reaches', () => {
    expect(
      diffMarkdown(diffOf({ ...web, field: 'spec.image', from: 'r/a:1', to: 'r/a:2' }, whole)),
    ).toBe(`**1 of 3,500 tools change, 0 deleted**

<details open><summary><b>hello/web</b>: 2 objects</summary>

| object | field | from | to |
| --- | --- | --- | --- |
| Deployment web | <code>spec.image</code> | <code>r/a:1</code> | <code>r/a:2</code> |
| Service web |  |  | **added** |

</details>
`);
  });

  test('says so when files differ in form alone', () => {
    expect(diffMarkdown(diffOf())).toContain('1 files differ in form alone');
  });

  test('stays below what a git host takes and says what is left out', () => {
    const text = diffMarkdown(diffOf(...many));
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(60_000);
    const shown = text.match(/<details/g)?.length ?? 0;
    expect(text).toContain(`…and ${(3000 - shown).toLocaleString('en-US')} more objects`);
  });

  test('also when one component alone has too much', () => {
    const changes = Array.from({ length: 400 }, (_, index) => ({
      ...web,
      field: `f${index}`,
      from: '&'.repeat(160),
      to: 'é'.repeat(160),
    }));
    const text = diffMarkdown(diffOf(...changes));
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(60_000);
    expect(text).toContain('…and 1 more objects');
  });

  test('a value cannot end its cell, open a tag, mention anybody or link', () => {
    const marks = fc.constantFrom(
      '|',
      '`',
      '<',
      '>',
      '@admin',
      '#1',
      '!2',
      '[a](b)',
      '&lt;',
      '\n',
      '\\',
      '*',
      '_',
      '~',
      'https://x.example',
      '</code>',
      '<!--',
      ']',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string({ unit: 'binary' })), { minLength: 1 }), (parts) => {
        const row = diffMarkdown(changed(parts.join(''), 'b', `x${parts.join('/')}`))
          .split('\n')
          .filter((line) => line.startsWith('| Deployment'));
        expect(row.length).toBe(1);
        const cells = row[0]?.split('|') ?? [];
        expect(cells.length).toBe(6);
        for (const cell of cells.slice(2, 5)) {
          const inner = cell
            .trim()
            .replace(/^<code>/, '')
            .replace(/<\/code>$/, '');
          expect(inner.replace(/&#\d+;/g, '')).not.toMatch(/[`<>@#!&[\]\\*_~\n]|:\/\//);
        }
      }),
    );
  });
});
