import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/model/json.ts';
import { emitYaml } from '../../src/synth/emit-yaml.ts';

const PARSERS: readonly { readonly name: string; readonly read: (text: string) => unknown }[] = [
  { name: 'yaml 1.2', read: (text) => parse(text, { version: '1.2' }) },
  { name: 'yaml 1.1', read: (text) => parse(text, { version: '1.1' }) },
  { name: 'js-yaml', read: (text) => load(text) },
];

/** Texts that some YAML reads as something else, or that end a scalar early. */
const TRICKY = [
  ...['', ' ', 'y', 'N', 'yes', 'No', 'on', 'OFF', 'true', 'False', 'null', 'Null', '~', '=', '<<'],
  ...['0', '-1', '+1', '007', '0o7', '0x1F', '0b11', '1_000', '1e3', '1.5', '.5', '.inf', '-.INF', '.nan'],
  ...[
    '12:30',
    '190:20:30',
    '2026-11-24',
    '2026-11-24T10:00:00Z',
    '1h',
    '100m',
    '512Mi',
    '5s',
    '1k',
    '1E',
    'e0',
    'E-10',
  ],
  ...[
    'a: b',
    'a:',
    ':a',
    'a #b',
    '#a',
    'a#b',
    '- a',
    '-',
    '---',
    '...',
    '? a',
    '?',
    '* a',
    '&a',
    '!a',
    '|',
    '>',
  ],
  ...[
    "'a'",
    '"a"',
    '%a',
    '@a',
    '`a`',
    '[a]',
    '{a}',
    'a, b',
    ' a',
    'a ',
    'a\n',
    '\na',
    'a\r\nb',
    'a\tb',
    '\t',
  ],
  ...[
    '\u0000',
    '\u001b[1m',
    '\u007f',
    'a\u0085b',
    '\u00a0',
    '\u2028',
    'a\u2029',
    '\ufeffa',
    '\uffff',
    '\ud800',
  ],
  ...[
    '\udc00a',
    'a\ud83d',
    '😀',
    'é',
    '\\',
    '\\n',
    'a\\',
    '*/5 * * * *',
    '$(date)',
    'Source 4f2c|https://x/y?z=1',
  ],
  ...['constructor', '__proto__', 'toString', 'a'.repeat(5000), 'word '.repeat(400)],
];

const scalar = fc.oneof(
  fc.constantFrom(...TRICKY),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.tuple(fc.constantFrom(...TRICKY), fc.constantFrom(...TRICKY)).map(([a, b]) => a + b),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.boolean(),
  fc.constant(null),
);
/** A parser need not take a key of more than 1024 characters on one line. */
const key = fc.oneof(fc.constantFrom(...TRICKY.filter((text) => text.length < 100)), fc.string());

const json = fc.letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }) as fc.Arbitrary<JsonObject>,
})).object;

describe('emitYaml', () => {
  test.each(PARSERS)('is read back equal by $name', ({ read }) => {
    fc.assert(
      fc.property(json, (value) => {
        expect(own(read(emitYaml(value)))).toEqual(own(value));
      }),
      { numRuns: 1000 },
    );
  });

  test.each(PARSERS)('keeps every tricky text as a key, a value and an item: $name', ({ read }) => {
    for (const text of TRICKY) {
      const value = { value: text, list: [text, [text], { [text.slice(0, 100)]: text }] };
      expect(own(read(emitYaml(value))), JSON.stringify(text)).toEqual(own(value));
    }
  });

  test('writes what people and Kubernetes write', () => {
    const value = {
      spec: { list: [{ b: '2', a: ['x', []], c: {} }, 'y', null], empty: [] },
      metadata: { name: 'web', annotations: { 'a/b': 'Tool page|https://hello.toolforge.org' } },
      kind: 'Thing',
      data: { text: 'two\nlines', left: undefined, memory: '512Mi', image: `host/a@sha256:${'0'.repeat(8)}` },
      apiVersion: 'v1',
    };
    expect(emitYaml(value)).toBe(`apiVersion: v1
kind: Thing
metadata:
  annotations:
    a/b: Tool page|https://hello.toolforge.org
  name: web
spec:
  empty: []
  list:
  - a:
    - x
    - []
    b: "2"
    c: {}
  - "y"
  - null
data:
  image: host/a@sha256:00000000
  memory: 512Mi
  text: "two\\nlines"
`);
  });
});

/** As entries: a parser may keep a key `__proto__` in another way than an object literal does. */
function own(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(own);
  if (typeof value !== 'object' || value === null) return value;
  return {
    entries: Object.entries(value)
      .map(([name, field]) => [name, own(field)])
      .sort(byName),
  };
}

function byName([a]: unknown[], [b]: unknown[]): number {
  return (a as string) < (b as string) ? -1 : 1;
}
