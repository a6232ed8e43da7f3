import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffFiles } from '../../src/change/diff.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { fileAt, object } from './manifests.ts';

const WEB = 'tools/hello/web.yaml';

const PLANTED = 'pl4nted-s3cret';
const leaf = fc.oneof(fc.string({ maxLength: 5 }), fc.integer({ max: 9 }), fc.boolean(), fc.constant(null));
const envItem = fc.record({
  name: fc.constantFrom('A', 'B', 'C'),
  value: fc.integer({ max: 99 }).map((salt) => `${PLANTED}${salt}`),
});
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(fc.oneof(tie('tree'), fc.record({ name: fc.constantFrom('x', 'y', 'z'), inner: tie('tree') })), {
      maxLength: 3,
    }),
    fc.dictionary(fc.constantFrom('spec', 'template', 'containers', 'a.b/c'), tie('tree'), {
      noNullPrototype: true,
    }),
    fc.record({
      env: fc.oneof(fc.array(envItem, { maxLength: 3 }), envItem, fc.constant(PLANTED)),
      image: leaf,
    }),
  ),
}));
const state = fc
  .dictionary(fc.constantFrom('spec', 'status', 'extra'), tree, { noNullPrototype: true })
  .map((rest) => [fileAt(WEB, object('Deployment', 'web', rest as JsonObject))]);

describe('properties', () => {
  test('a state does not differ from itself', () => {
    fc.assert(
      fc.property(state, (one) => {
        const { files, changes, tools } = diffFiles(one, structuredCloneOf(one));
        expect([files, changes, tools.changed, tools.deleted]).toEqual([[], [], [], []]);
      }),
    );
  });

  test('no env value is ever told, and any other difference is', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const diff = diffFiles(before, after);
        expect(JSON.stringify(diff)).not.toContain(PLANTED);
        const isSame = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
        expect(diff.changes.length === 0).toBe(isSame);
      }),
      { numRuns: 500 },
    );
  });
});

function structuredCloneOf(files: ReturnType<typeof fileAt>[]) {
  return files.map(({ path, text, objects }) => ({ path, text, objects: () => structuredClone(objects()) }));
}

function sorted(files: ReturnType<typeof fileAt>[]): Json {
  return files.map((file) => sortKeys(file.objects()[0] as Json));
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner as Json)]),
  );
}
