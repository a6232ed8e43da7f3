import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { emitDocuments, emitYaml } from '../../src/model/emit-yaml.ts';
import type { Json } from '../../src/model/json.ts';
import { shared } from '../../src/model/shared.ts';

/** The package carries no types of its own. */
const { load } = createRequire(import.meta.url)('js-yaml') as { load: (yaml: string) => unknown };

describe('emitYaml', () => {
  test.each<{ name: string; value: Json; expected: string }>([
    { name: 'maps in maps', value: { a: { b: 'c' }, d: 1 }, expected: 'a:\n  b: c\nd: 1\n' },
    { name: 'lists in maps', value: { a: ['x', { b: 1, c: 2 }] }, expected: 'a:\n- x\n- b: 1\n  c: 2\n' },
    { name: 'lists in lists', value: [['x', 'z'], []], expected: '- - x\n  - z\n- []\n' },
    { name: 'maps in lists in maps', value: { a: [{ b: ['c'] }] }, expected: 'a:\n- b:\n  - c\n' },
    { name: 'nothing', value: { a: {}, b: [], c: null, d: '' }, expected: "a: {}\nb: []\nc: null\nd: ''\n" },
    { name: 'what is not there', value: { a: undefined, b: { c: undefined } }, expected: 'b: {}\n' },
    {
      name: 'numbers',
      value: [0, -0, 1.5, 1e21, 1e-7, -3],
      expected: '- 0\n- 0\n- 1.5\n- 1.0e+21\n- 1.0e-7\n- -3\n',
    },
    { name: 'quantities', value: ['4Gi', '500m', '2', '1G'], expected: "- 4Gi\n- 500m\n- '2'\n- 1G\n" },
    {
      name: 'words of YAML 1.1',
      value: ['yes', 'Off', 'y', 'null', 'yesterday'],
      expected: "- 'yes'\n- 'Off'\n- 'y'\n- 'null'\n- yesterday\n",
    },
    { name: 'times', value: '2026-11-24T10:00:00Z', expected: "'2026-11-24T10:00:00Z'\n" },
    {
      name: 'images',
      value: 'r.example.org:5000/a/b:latest@sha256:00ff',
      expected: 'r.example.org:5000/a/b:latest@sha256:00ff\n',
    },
    { name: 'quotes', value: "it's: a", expected: "'it''s: a'\n" },
    { name: 'comments', value: 'a #b', expected: "'a #b'\n" },
    { name: 'lines', value: 'a\nb\u2028\u0085', expected: '"a\\nb\\u2028\\u0085"\n' },
  ])('$name', ({ value, expected }) => {
    expect(emitYaml(value)).toBe(expected);
  });

  test('writes a shared value like any other, wherever it stands', () => {
    const list = [{ b: { c: 'd' } }, 'e'];
    const map = { f: list, g: {} };
    const expected = emitYaml([map, { x: map, y: [list] }, list]);
    const [one, other] = [shared({ f: shared([...list]), g: {} }), shared([...list])];
    for (let round = 0; round < 2; round += 1) {
      expect(emitYaml([one, { x: one, y: [other] }, other])).toBe(expected);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (value) => {
    expect(() => emitYaml({ value })).toThrow(TypeError);
  });

  test('sets documents apart', () => {
    const values = [{ a: 1 }, { b: 2 }];
    expect(emitDocuments(values)).toBe('a: 1\n---\nb: 2\n');
    expect(parseAllDocuments(emitDocuments(values)).map((document) => document.toJS())).toEqual(values);
  });
});

const tricky = fc.constantFrom(
  ...[
    '~',
    '-',
    '- a',
    'a: b',
    'a:',
    ':a',
    '#a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a',
    '? a',
    '<<',
    '=',
    '.inf',
  ],
  ...[
    '0x1f',
    '0o7',
    '017',
    '1:30',
    '1e3',
    '1_000',
    '.5',
    '+1',
    '2026-11-24',
    'TRUE',
    'No',
    'a ',
    ' a',
    'a  b',
    '{a}',
  ],
  ...[
    '[a]',
    "'",
    '"',
    '\\',
    '\t',
    'a\tb',
    '\r',
    '\ufeff',
    '\u007f',
    '\u00a0',
    '---',
    '...',
    'a,b',
    '\u{1f600}',
    '/#',
    'a:#b',
    'e0',
    'E-10',
    '\ud800',
    '\uffff',
    '\u2029',
    '__proto__',
  ],
);
const text = fc.oneof(
  tricky,
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.tuple(tricky, tricky).map((pair) => pair.join('')),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(fc.integer(), number, fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(text, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe('is read back as it was', () => {
  test.each([
    { name: 'by a reader of YAML 1.2', read: (yaml: string): unknown => parse(yaml) },
    { name: 'by a reader of YAML 1.1', read: (yaml: string): unknown => parse(yaml, { version: '1.1' }) },
    { name: 'by js-yaml', read: (yaml: string): unknown => load(yaml) },
  ])('$name', ({ read }) => {
    fc.assert(
      fc.property(json, (value) => {
        expect(read(emitYaml(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 400 },
    );
  });
});
