import { describe, expect, test } from 'vitest';
import { type Edit, land } from '../../src/app/land.ts';
import { type ErrorCode, GitopsError } from '../../src/errors.ts';
import type { Change } from '../../src/model/change.ts';
import type { ConfigRepo, Snapshot } from '../../src/ports/config-repo.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';

const IDENTITY = { name: 'deploy bot', email: 'bot@example.org' };
const message = { subject: 'set', trailers: [] };

const set =
  (files: Readonly<Record<string, string | undefined>>): Edit =>
  async () => ({ files: Object.entries(files).map(([path, text]) => ({ path, text })), message });

/** Appends its line unless the file has it: what an idempotent edit looks like. */
const append =
  (line: string): Edit =>
  async (head) => {
    const [text = ''] = await head.read(['log.txt']);
    if (text.includes(line)) return undefined;
    return { files: [{ path: 'log.txt', text: `${text}${line}\n` }], message };
  };

const failure = (code: ErrorCode) => new GitopsError(code, `seen: ${code}`);

interface Faults {
  readonly head?: (call: number) => void;
  readonly before?: (call: number) => void | Promise<void>;
  readonly after?: (call: number) => void | Promise<void>;
  readonly findLanded?: (call: number) => void;
}

/** The repo with something going wrong around its calls, each counted from 1. */
function faulty(repo: ConfigRepo, faults: Faults): ConfigRepo {
  const calls = { head: 0, commit: 0, findLanded: 0 };
  return {
    ...repo,
    head() {
      calls.head += 1;
      faults.head?.(calls.head);
      return repo.head();
    },
    async commit(base, change, options) {
      calls.commit += 1;
      const call = calls.commit;
      await faults.before?.(call);
      const landed = await repo.commit(base, change, options);
      await faults.after?.(call);
      return landed;
    },
    findLanded(base, changeId) {
      calls.findLanded += 1;
      faults.findLanded?.(calls.findLanded);
      return repo.findLanded(base, changeId);
    },
  };
}

const failOn = (calls: readonly number[], code: ErrorCode) => (call: number) => {
  if (calls.includes(call)) throw failure(code);
};

async function pushBehindItsBack(repo: MemoryConfigRepo, line: string): Promise<void> {
  await land(repo, append(line), { clock: fakeClock(), identity: IDENTITY });
}

describe('land', () => {
  test('lands a change, and only the files that differ', async () => {
    const repo = memoryConfigRepo({ same: 'same', old: 'old', gone: 'x' });
    const edit = set({ same: 'same', old: 'new', added: '', gone: undefined, never: undefined });
    const result = await land(repo, edit, { clock: fakeClock(), identity: IDENTITY });
    expect(repo.changes[0]?.files.map(({ path }) => path)).toEqual(['old', 'added', 'gone']);
    expect(result).toMatchObject({ commit: (await repo.head()).commit, made: true, attempts: 1 });
    expect(result.files.map(({ path }) => path)).toEqual(['old', 'added', 'gone']);
    expect(repo.files()).toEqual({ same: 'same', old: 'new', added: '' });
  });

  test.each<[string, Edit]>([
    ['the edit has nothing to do', async () => undefined],
    ['the change is empty', set({})],
    ['everything is there already', set({ a: 'a', b: undefined })],
  ])('makes no commit when %s', async (_, edit) => {
    const repo = memoryConfigRepo({ a: 'a' });
    const { commit } = await repo.head();
    const result = await land(repo, edit, { clock: fakeClock(), identity: IDENTITY });
    expect(result).toEqual({ commit, made: false, files: [], attempts: 1 });
    expect(repo.changes).toEqual([]);
  });

  test.each([
    ['few, soon', true, (pause: number) => pause <= 25],
    ['many, later each time', false, (pause: number) => pause > 25],
  ])('tries a lost round again: against %s', async (_, fewRivals, fits) => {
    const repo = memoryConfigRepo();
    const clock = fakeClock();
    const rivals = faulty(repo, { before: raceOn(repo, [1, 2, 3, 4]) });
    await land(rivals, append('mine'), { clock, identity: IDENTITY, fewRivals });
    expect(clock.slept).toHaveLength(4);
    expect(clock.slept.slice(1)).toSatisfy((pauses: number[]) => pauses.every(fits));
  });

  test('dates the commit by the clock, to the second', async () => {
    const repo = memoryConfigRepo();
    const clock = fakeClock(Date.parse('2026-11-24T10:20:30.456Z'));
    await land(repo, append('x'), { clock, identity: IDENTITY });
    expect((await repo.log('log.txt', 1))[0]).toMatchObject({
      date: '2026-11-24T10:20:30Z',
      author: IDENTITY,
    });
  });

  test('gives each commit a change id of its own', async () => {
    const repo = memoryConfigRepo();
    const clock = fakeClock();
    for (const line of ['a', 'b', 'c']) await land(repo, append(line), { clock, identity: IDENTITY });
    const ids = (await repo.log('log.txt', 9)).map(
      (info) => /Change-Id: ([0-9a-f]{32})\n$/.exec(info.message)?.[1],
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(undefined);
  });
});

describe('land against faults', () => {
  const once: readonly [string, (repo: MemoryConfigRepo) => Faults, readonly string[]][] = [
    ['another writer wins', (repo) => ({ before: raceOn(repo, [1, 2]) }), ['theirs 1', 'theirs 2', 'mine']],
    ['the head cannot be read', () => ({ head: failOn([1, 3], 'remote-failed') }), ['mine']],
    ['the write fails', () => ({ before: failOn([1, 2], 'remote-failed') }), ['mine']],
    ['the answer is lost', () => ({ after: failOn([1], 'remote-failed') }), ['mine']],
    [
      'the answer is lost, and so is the look whether it landed',
      () => ({ after: failOn([1], 'remote-failed'), findLanded: failOn([1], 'remote-failed') }),
      ['mine'],
    ],
    [
      'the answer is lost and others go on',
      (repo) => ({
        after: async (call) => {
          await raceOn(repo, [1])(call);
          failOn([1], 'remote-failed')(call);
        },
      }),
      ['mine', 'theirs 1'],
    ],
    [
      'a lost race looks like a missing right',
      (repo) => ({
        before: async (call) => {
          await raceOn(repo, [1])(call);
          failOn([1], 'permission')(call);
        },
      }),
      ['theirs 1', 'mine'],
    ],
  ];

  test.each(once)('lands exactly once when %s', async (_, faults, lines) => {
    const repo = memoryConfigRepo();
    const clock = fakeClock();
    const result = await land(faulty(repo, faults(repo)), append('mine'), { clock, identity: IDENTITY });
    expect(repo.files()['log.txt']).toBe(`${lines.join('\n')}\n`);
    expect(result.made).toBe(true);
    expect(result.files.map(({ path }) => path)).toEqual(['log.txt']);
    const own = (await repo.log('log.txt', 9)).find(({ commit }) => commit === result.commit);
    expect(own).toBeDefined();
    expect(repo.changes.length).toBe(lines.length);
  });

  test.each<ErrorCode>(['permission', 'not-found', 'refused'])('a %s is final', async (code) => {
    const repo = memoryConfigRepo();
    const clock = fakeClock();
    const failing = faulty(repo, { before: failOn([1], code) });
    await expect(land(failing, append('mine'), { clock, identity: IDENTITY })).rejects.toMatchObject({
      code,
    });
    expect(clock.slept).toEqual([]);
    expect(repo.changes).toEqual([]);
  });

  test('an error that is no GitopsError is a bug and passes through', async () => {
    const bug = new TypeError('bug');
    const edit: Edit = () => Promise.reject(bug);
    const options = { clock: fakeClock(), identity: IDENTITY };
    await expect(land(memoryConfigRepo(), edit, options)).rejects.toBe(bug);
  });

  test('gives up by time, not by tries, and says what was tried', async () => {
    const repo = memoryConfigRepo();
    const clock = fakeClock();
    const contended = faulty(repo, {
      before: () => {
        throw failure('stale-head');
      },
    });
    const options = { clock, identity: IDENTITY, patience: 30_000 };
    const error: GitopsError = await land(contended, append('mine'), options).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'contended' });
    expect(error.message).toMatch(/^memory: .* \(\d{2,} attempts in (29|30) s\)$/);
    expect(error.hint).toContain('again');
    expect(clock.slept.length).toBeGreaterThan(30);
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(1000);
    expect(new Set(clock.slept).size).toBeGreaterThan(20);
  });

  test('goes on for minutes against other writers, a failure of the remote now and then included', async () => {
    const repo = memoryConfigRepo({ 'log.txt': '' });
    const clock = fakeClock();
    const started = clock.now();
    const contended = faulty(repo, {
      before: (call) => {
        if (clock.now() < started + 200_000) throw failure(call % 50 === 0 ? 'remote-failed' : 'stale-head');
      },
    });
    expect(await land(contended, append('mine'), { clock, identity: IDENTITY })).toMatchObject({
      made: true,
    });
    expect(repo.files()).toEqual({ 'log.txt': 'mine\n' });
  });

  test.each([
    ['never answers', { head: () => Promise.reject(failure('remote-failed')) }, 10],
    ['answers but never writes', { commit: () => Promise.reject(failure('remote-failed')) }, 60],
  ])('a remote that %s is told as such', async (_, broken: Partial<ConfigRepo>, seconds) => {
    const clock = fakeClock();
    const started = clock.now();
    const repo = { ...memoryConfigRepo(), ...broken };
    const error: GitopsError = await land(repo, append('x'), { clock, identity: IDENTITY }).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: 'remote-failed' });
    expect(error.message).toMatch(/gave up after \d+ attempts/);
    expect(clock.now() - started).toBeGreaterThan((seconds - 2) * 1000);
    expect(clock.now() - started).toBeLessThanOrEqual(seconds * 1000);
  });
});

describe('land where the server commits on a newer head than was read', () => {
  test('runs the edit again until it has nothing to add', async () => {
    const repo = memoryConfigRepo();
    const late: ConfigRepo = {
      ...repo,
      async commit(_base, change, options) {
        if (repo.changes.length === 0) await pushBehindItsBack(repo, 'theirs');
        return repo.commit(await repo.head(), change, options);
      },
    };
    const heads: string[] = [];
    const edit = async (head: Snapshot): Promise<Change | undefined> => {
      heads.push(head.commit);
      const [text = ''] = await head.read(['log.txt']);
      const copy = { path: 'copy.txt', text: `copy of ${text}` };
      return { files: [copy], message };
    };
    const result = await land(late, edit, { clock: fakeClock(), identity: IDENTITY });
    expect(repo.files()).toEqual({ 'log.txt': 'theirs\n', 'copy.txt': 'copy of theirs\n' });
    expect(result).toMatchObject({ made: true, commit: (await repo.head()).commit });
    expect(new Set(heads).size).toBe(2);
  });
});

/** Another writer that lands its line just before the calls with these numbers. */
function raceOn(repo: MemoryConfigRepo, calls: readonly number[]): (call: number) => Promise<void> {
  return async (call) => {
    if (calls.includes(call)) await pushBehindItsBack(repo, `theirs ${call}`);
  };
}
