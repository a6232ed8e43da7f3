import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import type { SpecPath } from '../../src/spec/diagnostic.ts';
import { composeYaml } from '../../src/spec/yaml-compose.ts';
import { placeOf } from '../../src/spec/yaml-lookup.ts';
import type { YamlNode } from '../../src/spec/yaml-node.ts';
import { readSimpleYaml } from '../../src/spec/yaml-simple.ts';
import { valuesOf } from '../../src/spec/yaml-values.ts';

describe('readSimpleYaml', () => {
  test.each([
    'a: 1\n',
    '---\na: 1',
    '# comment\na:\n  b: x # y\n\n  c: "z"\nd: \'\'\n',
    'a:\n- x\n- b: 1\n  c:\n  - d\n',
    'a: yes\nb: 0644\nc: https://x.org/a?b#c\nd: */5\n'.replace('*/5', '/5'),
    '-\n  a: 1\n- -1\n',
  ])('reads %j by itself', (text) => {
    expect(readSimpleYaml(text)).toBeDefined();
    expectSame(text);
  });

  test.each([
    'a: b: c',
    'a: x\n  y\n',
    'a: "x\\n"',
    'a: [1]',
    'a: &x 1',
    'a: |\n  x\n',
    'a:\n   b: 1\n  c: 1\n',
    '"a": 1',
    'a: 1\n---\nb: 2\n',
    'a:\n\tb: 1\n',
    '- - x\n',
    "a: 'it''s'",
    'a: 1\n...\n',
    '<<: x\n',
  ])('leaves %j to the library', (text) => {
    expect(readSimpleYaml(text)).toBeUndefined();
  });

  test('reads nothing otherwise than the library does', () => {
    let read = 0;
    const texts = fc.oneof({ weight: 1, arbitrary: oddLines }, { weight: 4, arbitrary: mutated(blockText) });
    fc.assert(
      fc.property(texts, (text) => {
        if (readSimpleYaml(text) === undefined) return;
        read += 1;
        expectSame(text);
      }),
      { numRuns: 3000, seed: 7 },
    );
    expect(read).toBeGreaterThan(400);
  });
});

const key = fc.constantFrom('a', 'b', 'on', 'x.y', 'a-b', 'null', 'A_1', 'c', 'd', 'e', 'f');
const oddKey = fc.constantFrom('1', '"q"', '', '__proto__', 'a', '<<', '-x', '? a');
const value = fc.constantFrom(
  '1',
  'x',
  '"x"',
  "'y # z'",
  'a # c',
  'a#c',
  '-1',
  '~',
  '0644',
  '"a: b"',
  'é',
  'a,b',
  "''",
);
const oddValue = fc.oneof(
  fc.constantFrom(
    '"a" b',
    '# c',
    'a:',
    'a: b',
    '-',
    '{a: b}',
    '[',
    '|',
    '*a',
    '&a',
    '"a\\"',
    '--',
    '? x',
    ',',
    '- x',
  ),
  fc.string({ maxLength: 6 }).map((text) => text.replace(/[\r\n\t]/g, '')),
);
const oddLines = fc
  .tuple(
    fc.array(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc
            .tuple(
              fc.constantFrom('', ' ', '  ', '    ', '- ', '  - ', '-   ', '-', '- - '),
              fc.oneof(key, oddKey),
              fc.constantFrom(': ', ': ', ':', '', ' : '),
              fc.oneof(value, oddValue),
            )
            .map((parts) => parts.join('')),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom('', '  ', '# x', '   # y', '---', '...', '%YAML 1.1', '--- a'),
        },
      ),
      { maxLength: 5 },
    ),
    fc.constantFrom('', '\n', '\n\n'),
  )
  .map(([lines, end]) => lines.join('\n') + end);

type Block = string | { pairs: [string, Block][] } | { items: Block[] };

/** Well-formed block YAML, with blank lines and comments, indented by one to four. */
const blockText = fc
  .tuple(
    fc.letrec<{ block: Block }>((tie) => ({
      block: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        value,
        fc.array(fc.tuple(key, tie('block')), { minLength: 1, maxLength: 4 }).map((pairs) => ({ pairs })),
        fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((items) => ({ items })),
      ),
    })).block,
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', '\n', ' # note\n', '\n# note\n\n'),
  )
  .map(([block, step, end]) => linesOf(block, 0, step).join('\n') + end);

function linesOf(block: Block, indent: number, step: number): string[] {
  const pad = ' '.repeat(indent);
  if (typeof block === 'string') return [`${pad}${block}`];
  if ('pairs' in block) {
    return block.pairs.flatMap(([name, child]) =>
      typeof child === 'string'
        ? [`${pad}${name}: ${child}`]
        : [`${pad}${name}:`, ...linesOf(child, 'items' in child ? indent : indent + step, step)],
    );
  }
  return block.items.flatMap((child) => {
    const [first = '', ...rest] = linesOf(child, indent + 2, step);
    return typeof child === 'object' && 'items' in child
      ? [`${pad}-`, first, ...rest]
      : [`${pad}- ${first.trimStart()}`, ...rest];
  });
}

/** The text, or the text with one character more or less somewhere. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const slip = fc.constantFrom('', '', ' ', '\n', ':', '-', '#', '"', ': ', ' #', '- ', "'", '&a ', '\n  ');
  return fc.tuple(texts, slip, fc.nat(), fc.nat(1)).map(([text, insert, where, drop]) => {
    const at = where % (text.length + 1);
    return text.slice(0, at) + insert + text.slice(at + (insert === '' ? 0 : drop));
  });
}

function expectSame(text: string): void {
  const simple = readSimpleYaml(text);
  const { root, problems } = composeYaml(text);
  expect(problems).toEqual([]);
  expect(describeTree(simple)).toEqual(describeTree(root));
}

/** Values, faults and the place of every key and value. */
function describeTree(root: YamlNode | undefined) {
  if (root === undefined) return undefined;
  const { value, problems } = valuesOf(root);
  const places = pathsOf(value, []).map((path) => [
    path,
    placeOf(root, path, 'key'),
    placeOf(root, path, 'value'),
  ]);
  const codes = problems.map(({ code, start, end, path }) => ({ code, start, end, path }));
  return { value, codes, places: JSON.parse(JSON.stringify(places, ['0', '1', '2', 'start', 'end'])) };
}

function pathsOf(value: Json, path: SpecPath): SpecPath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const list = Array.isArray(value);
  return [
    path,
    ...Object.entries(value).flatMap(([step, child]) =>
      pathsOf(child ?? null, [...path, list ? Number(step) : step]),
    ),
  ];
}
