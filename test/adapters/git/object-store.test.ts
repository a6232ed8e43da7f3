import { expect, test } from 'vitest';
import { ObjectStore } from '../../../src/adapters/git/object-store.ts';
import { GitopsError } from '../../../src/errors.ts';

const TREE = 'a'.repeat(40);
const BLOB = 'b'.repeat(40);

function storeOf(blobBytes: number): ObjectStore {
  const tree = Buffer.from('100644 f\0twenty bytes of an id');
  const parts = [`${TREE} tree ${tree.length}\n`, tree, '\n', `${BLOB} blob ${blobBytes}\n`];
  const stdout = Buffer.concat([...parts, Buffer.alloc(blobBytes), '\n'].map((part) => Buffer.from(part)));
  return new ObjectStore({
    git: async () => ({ code: 0, stdout, stderr: '' }),
    gitDir: () => '',
    fetch: undefined,
    failed: (what) => new GitopsError('remote-failed', what),
  });
}

test('a tree that is kept keeps nothing else of what was read with it', async () => {
  const store = storeOf(1_000_000);
  const found = await store.load([TREE, BLOB]);
  expect(found.get(BLOB)).toHaveLength(1_000_000);
  const kept = store.cachedTree(TREE);
  expect(kept).toEqual(found.get(TREE));
  expect(kept?.buffer.byteLength).toBeLessThan(100_000);
});
