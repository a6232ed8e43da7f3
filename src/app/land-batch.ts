import { coalesce } from '../change/coalesce.ts';
import { GitopsError } from '../errors.ts';
import type { Change } from '../model/change.ts';
import type { CommitId, ConfigRepo, Snapshot } from '../ports/config-repo.ts';
import { type LandOptions, land } from './land.ts';
import { type Run, watchLandings } from './landed-runs.ts';
import { type Overlay, overlaySnapshot } from './overlay-snapshot.ts';

/** What waits in the queue: an edit of the head, and what it came to. */
export interface QueuedEdit<Result = unknown> {
  run(head: Snapshot): Promise<Change | undefined>;
  /** Asked for once it is settled; `made` says whether a commit holds what the edit changed. */
  result(made: boolean): Result;
}

/** What an edit came to: the commit that holds it (`null` when nothing had to change), or why it failed. */
export type BatchOutcome =
  | { readonly edit: QueuedEdit; readonly commit: CommitId | null }
  | { readonly edit: QueuedEdit; readonly error: unknown };

export interface LandedBatch {
  /** In the order of the edits. */
  readonly outcomes: readonly BatchOutcome[];
  /** How often a head was planned on. */
  readonly attempts: number;
  readonly commits: number;
}

/** Reads ahead what the edits will ask for, in few requests. */
export type Prefetch = (head: Snapshot) => Promise<void>;

export interface BatchOptions extends LandOptions {
  readonly prefetch?: Prefetch | undefined;
}

/** An edit that meets a failing remote so often fails by itself: it may be the edit's own doing. */
const REMOTE_FAILURES_MAX = 3;

/**
 * Lands several edits in one commit: each sees the files of those before it, one that throws fails alone, and all are
 * planned again when another writer won. Never throws: every edit has its own outcome.
 */
export async function landBatch(
  repo: ConfigRepo,
  edits: readonly QueuedEdit[],
  options: BatchOptions,
): Promise<LandedBatch> {
  const runs: Run[] = [];
  const remoteFailures = new Map<number, number>();
  const watched = watchLandings(repo, () => runs.at(-1));
  const edit = async (head: Snapshot) => {
    const overlay = overlaySnapshot(head);
    await options.prefetch?.(overlay);
    const { run, change } = await plan(overlay, edits, remoteFailures);
    runs.push(run);
    return change;
  };
  let failure: unknown;
  try {
    await land(watched, edit, options);
  } catch (error) {
    failure = error;
  }
  if (failure !== undefined && edits.length > 1 && isOfOne(failure)) return inHalves(repo, edits, options);
  return {
    outcomes: edits.map((one, index) => outcomeOf(one, index, { runs, failure })),
    attempts: runs.length,
    commits: runs.filter(({ landed }) => landed !== undefined).length,
  };
}

async function plan(
  overlay: Overlay,
  edits: readonly QueuedEdit[],
  remoteFailures: Map<number, number>,
): Promise<{ run: Run; change: Change | undefined }> {
  const changed = new Set<number>();
  const failed = new Map<number, unknown>();
  const changes: Change[] = [];
  for (const [index, edit] of edits.entries()) {
    try {
      const change = await edit.run(overlay);
      const files = change === undefined ? [] : await overlay.apply(change);
      if (change === undefined || files.length === 0) continue;
      changes.push({ ...change, files });
      changed.add(index);
    } catch (error) {
      if (isWorthAnotherTry(error, index, remoteFailures)) throw error;
      failed.set(index, error);
    }
  }
  const [first, ...more] = changes;
  return {
    run: { changed, failed },
    change: first === undefined ? undefined : coalesce([first, ...more]),
  };
}

/** A head that could not be read is everybody's trouble: `land` waits and plans again. */
function isWorthAnotherTry(error: unknown, index: number, failures: Map<number, number>): boolean {
  if (!(error instanceof GitopsError) || error.code !== 'remote-failed') return false;
  const count = (failures.get(index) ?? 0) + 1;
  failures.set(index, count);
  return count < REMOTE_FAILURES_MAX;
}

/** The remote took offence at what was written, or a bug: one edit may have caused it. */
function isOfOne(error: unknown): boolean {
  return !(error instanceof GitopsError) || error.code === 'refused' || error.code === 'usage';
}

async function inHalves(
  repo: ConfigRepo,
  edits: readonly QueuedEdit[],
  options: BatchOptions,
): Promise<LandedBatch> {
  const middle = Math.ceil(edits.length / 2);
  const first = await landBatch(repo, edits.slice(0, middle), options);
  const second = await landBatch(repo, edits.slice(middle), options);
  return {
    outcomes: [...first.outcomes, ...second.outcomes],
    attempts: first.attempts + second.attempts,
    commits: first.commits + second.commits,
  };
}

function outcomeOf(
  edit: QueuedEdit,
  index: number,
  { runs, failure }: { runs: readonly Run[]; failure: unknown },
): BatchOutcome {
  const own = runs.at(-1)?.failed.get(index);
  const landed = runs.findLast((run) => run.landed !== undefined && run.changed.has(index))?.landed;
  if (landed !== undefined && failure === undefined) return { edit, commit: landed };
  if (own !== undefined) return { edit, error: own };
  return failure === undefined ? { edit, commit: null } : { edit, error: failure };
}
