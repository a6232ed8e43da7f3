import { describe, expect, test } from 'vitest';
import { headReader } from '../../src/app/head-reader.ts';
import { land } from '../../src/app/land.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { appendEdit } from '../support/queue-edits.ts';

const identity = { name: 'a', email: 'a@example.org' };

describe('headReader', () => {
  test('asks once for all who came while another round was under way', async () => {
    const repo = memoryConfigRepo({ 'tools-config/a/tokens.yaml': 'x' });
    let heads = 0;
    const head = () => {
      heads += 1;
      return repo.head();
    };
    const reader = headReader({ ...repo, head });
    const snapshots = await Promise.all(
      Array.from({ length: 500 }, (_, index) => reader.at(`tool-${index}`)),
    );
    expect(heads).toBe(2);
    expect(new Set(snapshots).size).toBe(2);
    expect(await snapshots[0]?.read(['tools-config/a/tokens.yaml'])).toEqual(['x']);
  });

  test('never answers a head older than the call', async () => {
    const repo = memoryConfigRepo();
    const reader = headReader(repo);
    const early = reader.at();
    for (let round = 0; round < 5; round += 1) {
      await land(repo, appendEdit('a', `${round}`).run, { clock: fakeClock(), identity });
      const [late] = await Promise.all([reader.at(), early]);
      expect(late.commit).toBe((await repo.head()).commit);
    }
  });

  test('a failing remote fails who asked, and the next may ask again', async () => {
    const repo = memoryConfigRepo();
    let isAway = true;
    const reader = headReader({
      ...repo,
      head: () => (isAway ? Promise.reject(new Error('away')) : repo.head()),
    });
    await expect(reader.at('a')).rejects.toThrow('away');
    isAway = false;
    await expect(reader.at('a')).resolves.toBeDefined();
  });
});
