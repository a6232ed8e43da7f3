import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../src/model/json.ts';
import { FILE_SCHEMAS } from '../../src/spec/file-schemas.ts';
import { parseYaml } from '../../src/spec/parse-yaml.ts';
import { quickReader, UNSURE } from '../../src/spec/quick-reader.ts';
import { definitionOf } from '../../src/spec/schema-definition.ts';
import { treeOf } from '../../src/spec/shape.ts';
import { tokensSchema } from '../../src/spec/tokens-schema.ts';
import { unknownKeys } from '../../src/spec/unknown-keys.ts';

const SCHEMAS: readonly (readonly [string, z.ZodType])[] = [
  ...Object.entries(FILE_SCHEMAS),
  ['tokens', tokensSchema],
];

/** Values that are mostly as the schema wants them. */
function like(schema: z.core.$ZodType): fc.Arbitrary<Json> {
  const { shape, valueType, element, innerType } = definitionOf(schema);
  if (shape !== undefined) {
    const fields = Object.entries(shape).map(([key, field]) => [key, like(field)] as const);
    return mostly(fc.record(Object.fromEntries(fields), { requiredKeys: [], noNullPrototype: true }));
  }
  if (valueType !== undefined) return mostly(fc.dictionary(NAMES, like(valueType), SMALL));
  if (element !== undefined) return mostly(fc.array(like(element), { maxLength: 6 }));
  const right = LEAVES.filter((value) => z.safeParse(schema, value).success);
  if (right.length > 0) return mostly(fc.constantFrom(...right));
  return innerType === undefined ? odd : like(innerType);
}

const NAMES = fc.constantFrom('web', 'nightly', 'constructor', 'toString', '__proto__', '7');
const SMALL = { maxKeys: 3, noNullPrototype: true } as const;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const LEAVES: readonly Json[] = [
  ...['web', '/', '/srv/tools', '1Gi', '500m', 'v1beta1', 'all', 'none', 'tcp', 'scheduled', '@daily'],
  ...['https://example.org/a.git', 'example.org', '10.0.0.0/8', '2026-11-24T10:00:00Z', 'ingress'],
  ...[`registry.example.org/tool-hello/web@${DIGEST}`, DIGEST, 'a'.repeat(64)],
  ...[true, 1, 5, 8000, 60_000],
];
const odd = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 7, 1.5, '', 'web', 'false', '/', [], {}),
  fc.dictionary(NAMES, fc.constantFrom<Json>(null, 'x'), SMALL),
);

function mostly(arbitrary: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.oneof({ arbitrary, weight: 80 }, { arbitrary: odd, weight: 1 });
}

/** As it comes out of a file, `__proto__` a key like any other. */
function parsedOf(value: Json) {
  return parseYaml({ file: 'f.yaml', text: JSON.stringify(value) });
}

describe.each(SCHEMAS)('of %s', (_, schema) => {
  const read = quickReader(schema);

  test('answers as the schema does, or leaves it to the schema', () => {
    let answered = 0;
    fc.assert(
      fc.property(like(schema), (written) => {
        const parsed = parsedOf(written);
        const quick = read(parsed.value);
        if (quick === UNSURE) return;
        answered += 1;
        const slow = schema.safeParse(parsed.value);
        // A matcher would take a component called `constructor` for a class.
        expect(isDeepStrictEqual(slow, { success: true, data: quick })).toBe(true);
        expect(unknownKeys(parsed, treeOf(schema))).toEqual([]);
      }),
      { numRuns: 600, seed: 11 },
    );
    expect(answered).toBeGreaterThan(30);
  });

  test('leaves nothing to the schema that has neither a mistake nor an unknown key', () => {
    let right = 0;
    fc.assert(
      fc.property(like(schema), (written) => {
        const parsed = parsedOf(written);
        const result = schema.safeParse(parsed.value);
        const known = unknownKeys(parsed, treeOf(schema)).length === 0;
        if (!result.success || !known || JSON.stringify(written).includes('__proto__')) return;
        right += 1;
        expect(read(parsed.value)).not.toBe(UNSURE);
      }),
      { numRuns: 600, seed: 12 },
    );
    expect(right).toBeGreaterThan(30);
  });
});

describe('of kinds of schema that it does not know', () => {
  test.each([
    ['a text of some length', z.string().min(2), 'ab'],
    ['a list of some length', z.array(z.unknown()).min(1), ['a']],
    ['a union', z.union([z.unknown(), z.null()]), null],
    ['an object that keeps other keys', z.looseObject({ a: z.unknown() }), { a: 1 }],
    ['an object with a check of its own', z.object({ a: z.unknown() }).refine(() => false), { a: 1 }],
    ['a map of names of some form', z.record(z.string().min(9), z.unknown()), { a: 1 }],
    ['a default', z.string().default('x'), undefined],
  ])('leaves %s to the schema', (_, schema, value) => {
    expect(quickReader(schema)(value)).toBe(UNSURE);
  });
});
