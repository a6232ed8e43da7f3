import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  FILE,
  FOLDER,
  findEntries,
  replaceEntries,
  type TreeEntry,
  toBytes,
  treeEntries,
} from '../../../src/adapters/git/tree-object.ts';

/** Git's order said in the plainest way. */
const inOrder = (entries: Iterable<TreeEntry>) => {
  const key = ({ mode, name }: TreeEntry) => Buffer.from(mode === FOLDER ? `${name}/` : name, 'latin1');
  return [...entries].sort((a, b) => Buffer.compare(key(a), key(b)));
};

const entry = fc.record({
  mode: fc.constantFrom<string>(FILE, FOLDER, '100755', '120000', '160000'),
  name: fc.stringMatching(/^[ab.\-0ä]{1,4}$/).map(toBytes),
  oid: fc.stringMatching(/^[0-9a-f]{40}$/),
});
const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 12 });

test('replacing entries gives what sorting all of them would', () => {
  fc.assert(
    fc.property(entries, entries, fc.infiniteStream(fc.boolean()), (before, changed, deletes) => {
      const tree = replaceEntries(Buffer.alloc(0), new Map(before.map((item) => [item.name, item])), 20);
      expect([...treeEntries(tree, 20)]).toEqual(inOrder(before));
      const edits = new Map(
        changed.map((item) => [item.name, deletes.next().value === true ? undefined : item] as const),
      );
      const expected = new Map(before.map((item) => [item.name, item]));
      for (const [name, item] of edits) {
        if (item === undefined) expected.delete(name);
        else expected.set(name, item);
      }
      const after = replaceEntries(tree, edits, 20);
      expect([...treeEntries(after, 20)]).toEqual(inOrder(expected.values()));
      const names = new Set(edits.keys());
      expect(findEntries(after, names, 20)).toEqual(
        new Map([...edits].filter((pair): pair is [string, TreeEntry] => pair[1] !== undefined)),
      );
    }),
  );
});
