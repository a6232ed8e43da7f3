import { describe, expect, test } from 'vitest';
import { type BatchReport, commitQueue } from '../../src/app/commit-queue.ts';
import { land } from '../../src/app/land.ts';
import type { QueuedEdit } from '../../src/app/land-batch.ts';
import { GitopsError } from '../../src/errors.ts';
import type { ConfigRepo } from '../../src/ports/config-repo.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';
import { appendEdit, failingEdit } from '../support/queue-edits.ts';

const identity = { name: 'deploy bot', email: 'bot@example.org' };
const log = (repo: MemoryConfigRepo, tool: string) => repo.files()[`tools-config/${tool}/log.txt`];

function setup(over: Partial<ConfigRepo> = {}, options: { maxWaiting?: number; maxBatch?: number } = {}) {
  const memory = memoryConfigRepo({ 'tools-config/platform.yaml': '' });
  const batches: BatchReport[] = [];
  const queue = commitQueue(
    { ...memory, ...over },
    { clock: fakeClock(), identity, onBatch: (batch) => batches.push(batch), ...options },
  );
  return { memory, queue, batches };
}

describe('commitQueue', () => {
  test('answers with the commit that holds the change', async () => {
    const { memory, queue } = setup();
    const answer = await queue.submit('a', appendEdit('a', 'x'));
    expect(answer).toEqual({ commit: (await memory.head()).commit, result: { lines: 1, made: true } });
    expect(await queue.submit('a', appendEdit('a', 'x'))).toEqual({
      commit: null,
      result: { lines: 1, made: false },
    });
    expect(memory.changes).toHaveLength(1);
    expect(queue.depth).toBe(0);
  });

  test('500 edits of 500 tools at once are a handful of commits, each edit a trailer', async () => {
    const { memory, queue, batches } = setup();
    const tools = Array.from({ length: 500 }, (_, index) => `tool-${index}`);
    const answers = await Promise.all(tools.map((tool) => queue.submit(tool, appendEdit(tool, 'x'))));
    expect(memory.changes.length).toBeLessThanOrEqual(4);
    const trailers = memory.changes.flatMap(({ message }) => message.trailers.map(({ value }) => value));
    expect(trailers).toEqual(tools);
    expect(new Set(answers.map(({ commit }) => commit)).size).toBe(memory.changes.length);
    expect(batches.map(({ edits }) => edits).reduce((sum, edits) => sum + edits)).toBe(500);
  });

  test('edits of one tool see those before them, in order', async () => {
    const { memory, queue } = setup();
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const answers = await Promise.all(lines.map((line) => queue.submit('a', appendEdit('a', line))));
    expect(log(memory, 'a')).toBe(`${lines.join('\n')}\n`);
    expect(answers.map(({ result }) => result.lines)).toEqual(lines.map((_, index) => index + 1));
  });

  test.each([
    ['a foreseen failure', new GitopsError('not-found', 'no such tool')],
    ['a bug', new TypeError('bug')],
    ['a remote that fails for this one only', new GitopsError('remote-failed', 'its own file')],
  ])('%s fails alone', async (_, error) => {
    const { memory, queue, batches } = setup();
    const first = queue.submit('a', appendEdit('a', '1'));
    const bad = expect(queue.submit('b', failingEdit(error))).rejects.toBe(error);
    const last = queue.submit('c', appendEdit('c', '1'));
    await Promise.all([first, bad, last]);
    expect([log(memory, 'a'), log(memory, 'b'), log(memory, 'c')]).toEqual(['1\n', undefined, '1\n']);
    expect(batches.map(({ failed }) => failed)).toEqual([0, 1]);
  });

  test('what the remote refuses is found and fails alone', async () => {
    const { memory, queue } = setup();
    const evil: QueuedEdit<string> = {
      run: async () => ({ files: [{ path: '../x', text: 'x' }], message: { subject: 'x', trailers: [] } }),
      result: () => 'never',
    };
    const good = ['a', 'b', 'c', 'd', 'e'];
    const answers = Promise.all(good.map((tool) => queue.submit(tool, appendEdit(tool, '1'))));
    const refused = expect(queue.submit('z', evil)).rejects.toMatchObject({ code: 'refused' });
    const after = queue.submit('f', appendEdit('f', '1'));
    await Promise.all([answers, refused, after]);
    expect([...good, 'f'].map((tool) => log(memory, tool))).toEqual(Array(6).fill('1\n'));
  });

  test('a failing result is its own caller’s trouble', async () => {
    const { queue } = setup();
    const broken: QueuedEdit<never> = { ...appendEdit('a', '1'), result: failingEdit(undefined).result };
    const rejected = expect(queue.submit('a', broken)).rejects.toThrow(TypeError);
    const fine = queue.submit('b', appendEdit('b', '1'));
    await Promise.all([rejected, fine]);
    expect(queue.depth).toBe(0);
  });

  test('plans the whole batch again on the head that another writer made', async () => {
    const memory = memoryConfigRepo();
    const rival = memoryConfigRepoRival(memory);
    const { queue } = setup({ ...memory, commit: rival.commit });
    const answers = await Promise.all(
      ['a', 'b', 'a'].map((tool, index) => queue.submit(tool, appendEdit(tool, `mine ${index}`))),
    );
    expect(log(memory, 'a')).toBe('rival 1\nrival 2\nmine 0\nmine 2\n');
    expect(answers.map(({ result }) => result.made)).toEqual([true, true, true]);
  });

  test('an edit that another writer has done already made no commit', async () => {
    const memory = memoryConfigRepo();
    let raced = false;
    const { queue } = setup({
      ...memory,
      async commit(base, change, options) {
        if (!raced) {
          raced = true;
          await land(memory, appendEdit('a', 'x').run, { clock: fakeClock(), identity });
        }
        return memory.commit(base, change, options);
      },
    });
    const first = queue.submit('z', appendEdit('z', 'first'));
    const [, a, b] = await Promise.all([
      first,
      queue.submit('a', appendEdit('a', 'x')),
      queue.submit('b', appendEdit('b', 'x')),
    ]);
    expect([a?.commit, b?.commit === null]).toEqual([null, false]);
  });

  test('a landed commit whose answer was lost is known by its change id', async () => {
    const memory = memoryConfigRepo();
    let lost = 0;
    const { queue } = setup({
      ...memory,
      async commit(base, change, options) {
        const landed = await memory.commit(base, change, options);
        lost += 1;
        if (lost <= 2) throw new GitopsError('remote-failed', 'cut off');
        return landed;
      },
    });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((tool) => queue.submit(tool, appendEdit(tool, '1'))),
    );
    expect(answers.every(({ commit, result }) => commit !== null && result.made)).toBe(true);
    expect(memory.changes).toHaveLength(2);
  });

  test('a remote that stays away fails every caller, and the queue goes on with the next', async () => {
    let away = true;
    const memory = memoryConfigRepo();
    const { queue } = setup({
      ...memory,
      async head() {
        if (away) throw new GitopsError('remote-failed', 'away');
        return memory.head();
      },
    });
    const answers = await Promise.allSettled([
      queue.submit('a', appendEdit('a', '1')),
      queue.submit('b', appendEdit('b', '1')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    away = false;
    expect((await queue.submit('a', appendEdit('a', '1'))).commit).not.toBeNull();
  });

  test('refuses what goes past the bound, and takes more once there is room', async () => {
    const { queue } = setup({}, { maxWaiting: 2 });
    const accepted = ['a', 'b', 'c'].map((tool) => queue.submit(tool, appendEdit(tool, '1')));
    await expect(queue.submit('d', appendEdit('d', '1'))).rejects.toMatchObject({ code: 'overloaded' });
    await Promise.all(accepted);
    await expect(queue.submit('d', appendEdit('d', '1'))).resolves.toBeDefined();
  });

  test('no commit holds more edits than a batch may', async () => {
    const { queue, batches } = setup({}, { maxBatch: 3 });
    const lines = Array.from({ length: 8 }, (_, index) => `${index}`);
    await Promise.all(lines.map((line) => queue.submit('a', appendEdit('a', line))));
    expect(batches.map(({ edits }) => edits)).toEqual([1, 3, 3, 1]);
  });

  test('close finishes what was accepted and accepts nothing more', async () => {
    const { memory, queue } = setup();
    const accepted = ['a', 'b'].map((tool) => queue.submit(tool, appendEdit(tool, '1')));
    const closed = queue.close();
    await expect(queue.submit('c', appendEdit('c', '1'))).rejects.toMatchObject({ code: 'overloaded' });
    await closed;
    expect(memory.changes).toHaveLength(2);
    await Promise.all(accepted);
    await queue.close();
  });
});

/** Lands a line of its own before the first two commits of the other. */
function memoryConfigRepoRival(memory: MemoryConfigRepo): Pick<ConfigRepo, 'commit'> {
  let call = 0;
  return {
    async commit(base, change, options) {
      call += 1;
      if (call <= 2) {
        await land(memory, appendEdit('a', `rival ${call}`).run, { clock: fakeClock(), identity });
      }
      return memory.commit(base, change, options);
    },
  };
}
