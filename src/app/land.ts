import { GitopsError } from '../errors.ts';
import type { Change, FileChange, Identity } from '../model/change.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommitId, ConfigRepo, Snapshot } from '../ports/config-repo.ts';

/** A function from the head to a change; `undefined` when there is nothing to do. Run anew on every head: idempotent. */
export type Edit = (head: Snapshot) => Promise<Change | undefined>;

export interface LandOptions {
  readonly clock: Clock;
  readonly identity: Identity;
  /** How long to go on against other writers and a failing remote; milliseconds. */
  readonly patience?: number;
  /** The other writers are few and join their changes, as replicas of the service do: a lost round is soon tried again. */
  readonly fewRivals?: boolean;
}

export interface LandResult {
  /** The commit that holds the change; the head where it was there already. */
  readonly commit: CommitId;
  /** Whether this call made a commit. */
  readonly made: boolean;
  /** What the commit changed: files whose text was there already are left out. */
  readonly files: readonly FileChange[];
  readonly attempts: number;
}

/** Against other writers: fifty that all start at once on a Gitea of two cores take some two minutes. */
const PATIENCE = 300_000;
/** Against a remote that fails, from when it last did not. */
const FAILING = 60_000;
/** A remote that never answered once is more likely misspelt than busy. */
const FIRST_ANSWER = 10_000;
const BACKOFF_FIRST = 50;
const BACKOFF_MAX = 1_000;

/** What one call has seen so far. */
interface Progress {
  readonly started: number;
  attempts: number;
  answered: boolean;
  /** When a round last ended in anything but a failure of the remote. */
  sound: number;
  /** Written on a base older than its parent: whether the edit still holds there must be looked at. */
  landed: { readonly commit: CommitId; readonly files: readonly FileChange[] } | undefined;
  /** Writes without a known outcome. */
  readonly unknown: { readonly base: CommitId; readonly changeId: string; readonly files: Change['files'] }[];
}

/** What a round came to: done, or why to go round again. */
type Round = { readonly done: LandResult } | { readonly again: GitopsError | 'converge' };

/** Runs `edit` on the newest head and lands its change; when another writer won, reads the new head and runs it again. */
export async function land(repo: ConfigRepo, edit: Edit, options: LandOptions): Promise<LandResult> {
  const { clock, patience = PATIENCE } = options;
  const started = clock.now();
  const seen: Progress = {
    started,
    attempts: 0,
    answered: false,
    sound: started,
    landed: undefined,
    unknown: [],
  };
  for (;;) {
    seen.attempts += 1;
    const began = clock.now();
    const round = await tryOnce(repo, edit, options, seen);
    if ('done' in round) return round.done;
    const now = clock.now();
    const left = endOf(round.again, seen, { now, patience }) - now;
    if (left <= 0) throw gaveUp(repo, seen, now, round.again);
    if (round.again === 'converge') continue;
    const isRace = options.fewRivals === true && round.again.code === 'stale-head';
    const pause = isRace ? shortPause(clock, now - began) : backoff(clock, seen.attempts, now - began);
    await clock.sleep(Math.min(left, pause));
  }
}

/** When to give up. */
function endOf(
  again: GitopsError | 'converge',
  seen: Progress,
  { now, patience }: { readonly now: number; readonly patience: number },
): number {
  const end = seen.started + patience;
  if (!seen.answered) return Math.min(end, seen.started + FIRST_ANSWER);
  if (again !== 'converge' && again.code === 'remote-failed') return Math.min(end, seen.sound + FAILING);
  seen.sound = now;
  return end;
}

async function tryOnce(repo: ConfigRepo, edit: Edit, options: LandOptions, seen: Progress): Promise<Round> {
  try {
    const head = await repo.head();
    seen.answered = true;
    const change = await changed(head, await edit(head));
    if (change === undefined) return { done: await settle(repo, head, seen) };
    return await write(repo, head, change, options, seen);
  } catch (error) {
    if (error instanceof GitopsError && error.code === 'remote-failed') return { again: error };
    throw error;
  }
}

/** Drops the files that are there already; nothing left is no change. */
async function changed(head: Snapshot, change: Change | undefined): Promise<Change | undefined> {
  if (change === undefined || change.files.length === 0) return undefined;
  const there = await head.read(change.files.map(({ path }) => path));
  const files = change.files.filter(({ text }, index) => text !== there[index]);
  return files.length === 0 ? undefined : { ...change, files };
}

async function write(
  repo: ConfigRepo,
  head: Snapshot,
  change: Change,
  { clock, identity }: LandOptions,
  seen: Progress,
): Promise<Round> {
  const changeId = newChangeId(clock);
  const date = new Date(Math.floor(clock.now() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  try {
    const { commit, parent } = await repo.commit(head, change, {
      author: identity,
      committer: identity,
      date,
      changeId,
    });
    return landed(seen, { commit, files: change.files }, parent === head.commit);
  } catch (error) {
    if (!(error instanceof GitopsError)) throw error;
    const attempt = { base: head.commit, changeId, files: change.files };
    return await afterFailure(repo, attempt, error, seen);
  }
}

/** Decides on the re-read head alone what a failed write came to. */
async function afterFailure(
  repo: ConfigRepo,
  attempt: Progress['unknown'][number],
  error: GitopsError,
  seen: Progress,
): Promise<Round> {
  if (error.code === 'stale-head') return { again: error };
  if (error.code === 'permission') {
    const moved = (await repo.head()).commit !== attempt.base;
    if (!moved) throw error;
    return { again: error };
  }
  if (error.code !== 'remote-failed') throw error;
  seen.unknown.push(attempt);
  const commit = await repo.findLanded(attempt.base, attempt.changeId);
  if (commit === undefined) return { again: error };
  seen.unknown.pop();
  // Its parent is not known, so whether the edit still holds has to be looked at.
  return landed(seen, { commit, files: attempt.files }, false);
}

function landed(seen: Progress, commit: NonNullable<Progress['landed']>, onItsBase: boolean): Round {
  seen.landed = commit;
  return onItsBase ? { done: { ...commit, made: true, attempts: seen.attempts } } : { again: 'converge' };
}

/** Nothing left to do: because of this call's own commit, or because it was there before. */
async function settle(repo: ConfigRepo, head: Snapshot, seen: Progress): Promise<LandResult> {
  const { attempts } = seen;
  if (seen.landed !== undefined) return { ...seen.landed, made: true, attempts };
  for (const { base, changeId, files } of seen.unknown) {
    const commit = await repo.findLanded(base, changeId);
    if (commit !== undefined) return { commit, made: true, files, attempts };
  }
  return { commit: head.commit, made: false, files: [], attempts };
}

/**
 * Full jitter: writers that lost the same round must not meet again in the next. The slower a round, the more of them
 * are at it, so the longer they wait: otherwise they slow each other down until none is fast enough to win.
 */
function backoff(clock: Clock, attempts: number, took: number): number {
  const longest = Math.max(BACKOFF_MAX, 4 * took);
  const grown = Math.max(BACKOFF_FIRST, took) * 2 ** Math.min(attempts, 10);
  return Math.ceil(clock.random() * Math.min(longest, grown));
}

/** Just enough that two do not go on in step. */
function shortPause(clock: Clock, took: number): number {
  return Math.ceil((clock.random() * Math.max(BACKOFF_FIRST, took)) / 2);
}

function newChangeId(clock: Clock): string {
  const part = () => Math.floor(clock.random() * 2 ** 32);
  return Array.from({ length: 4 }, () => part().toString(16).padStart(8, '0')).join('');
}

function gaveUp(repo: ConfigRepo, seen: Progress, now: number, last: GitopsError | 'converge'): GitopsError {
  const seconds = Math.round((now - seen.started) / 1000);
  const tried = `${seen.attempts} ${seen.attempts === 1 ? 'attempt' : 'attempts'} in ${seconds} s`;
  if (last !== 'converge' && last.code === 'remote-failed') {
    const hint =
      last.hint ?? 'check the address and the network, then run the same command again: it is safe';
    return new GitopsError('remote-failed', `${last.message} (gave up after ${tried})`, {
      cause: last,
      hint,
    });
  }
  return new GitopsError('contended', `${repo.name}: other writers kept winning the branch (${tried})`, {
    cause: last === 'converge' ? undefined : last,
    hint: 'run the same command again, it is safe; where many write at once, send the builds through the deploy service, which joins them into one commit',
  });
}
