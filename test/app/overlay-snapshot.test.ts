import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { land } from '../../src/app/land.ts';
import { overlaySnapshot } from '../../src/app/overlay-snapshot.ts';
import type { Change } from '../../src/model/change.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';

const change = (files: Readonly<Record<string, string | undefined>>): Change => ({
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
  message: { subject: 'x', trailers: [] },
});

describe('overlaySnapshot', () => {
  test('answers of a change what differs from what was there', async () => {
    const over = overlaySnapshot(await memoryConfigRepo({ a: '1', b: '2' }).head());
    const files = await over.apply(change({ a: '1', b: undefined, c: '3', d: undefined }));
    expect(files.map(({ path }) => path)).toEqual(['b', 'c']);
    expect(await over.apply(change({ b: undefined, c: '3' }))).toEqual([]);
  });

  test('asks the head for a path once', async () => {
    const head = await memoryConfigRepo({ a: '1' }).head();
    const asked: string[] = [];
    const read = (paths: readonly string[]) => {
      asked.push(...paths);
      return head.read(paths);
    };
    const over = overlaySnapshot({ ...head, read });
    expect(await over.read(['a', 'none'])).toEqual(['1', undefined]);
    expect(await over.read(['none', 'a', 'a'])).toEqual([undefined, '1', '1']);
    expect(asked).toEqual(['a', 'none']);
  });

  test('reads and lists as the repo does after the same changes have landed', async () => {
    const path = fc.constantFrom('a', 'b/c', 'b/d', 'b/e/f', 'b/e/g', 'h/i/j', 'b.x', 'h/k');
    const files = fc.dictionary(path, fc.option(fc.constantFrom('1', '2'), { nil: undefined }), {
      maxKeys: 4,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(path, fc.constant('0')),
        fc.array(files, { maxLength: 4 }),
        async (seed, steps) => {
          const repo = memoryConfigRepo(seed);
          const over = overlaySnapshot(await repo.head());
          for (const step of steps) {
            await over.list('b');
            await over.apply(change(step));
            await land(repo, async () => change(step), {
              clock: fakeClock(),
              identity: { name: 'a', email: 'b' },
            });
          }
          const head = await repo.head();
          for (const folder of ['', 'b', 'b/e', 'h', 'none']) {
            expect(await over.list(folder)).toEqual(await head.list(folder));
            expect(await over.listAll(folder)).toEqual(await head.listAll(folder));
          }
          const all = await head.listAll('');
          expect(await over.read(all)).toEqual(await head.read(all));
        },
      ),
    );
  });
});
