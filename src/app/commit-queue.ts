import { GitopsError } from '../errors.ts';
import type { CommitId, ConfigRepo, Snapshot } from '../ports/config-repo.ts';
import type { LandOptions } from './land.ts';
import { type BatchOptions, type BatchOutcome, landBatch, type QueuedEdit } from './land-batch.ts';

export interface CommitQueue {
  /**
   * Answers once the edit has landed, or its error; edits of one tool are applied in the order they came. Throws
   * `overloaded` when too many wait or the queue is closing, besides what the edit and `land` throw.
   */
  submit<Result>(tool: string, edit: QueuedEdit<Result>): Promise<Submitted<Result>>;
  /** Edits that were accepted and not answered yet. */
  readonly depth: number;
  /** Accepts nothing more; resolves once everything that was accepted is answered. */
  close(): Promise<void>;
}

export interface Submitted<Result> {
  /** Holds the edit's change; `null` when nothing had to change. */
  readonly commit: CommitId | null;
  readonly result: Result;
}

export interface CommitQueueOptions extends LandOptions {
  /** How many edits may wait. */
  readonly maxWaiting?: number;
  /** How many go into one commit. */
  readonly maxBatch?: number;
  /** Reads ahead what edits of these tools will ask for. */
  readonly prefetch?: ((head: Snapshot, tools: readonly string[]) => Promise<void>) | undefined;
  readonly onBatch?: ((batch: BatchReport) => void) | undefined;
}

export interface BatchReport {
  readonly edits: number;
  readonly failed: number;
  readonly commits: number;
  readonly attempts: number;
  readonly milliseconds: number;
}

interface Waiting {
  readonly tool: string;
  readonly edit: QueuedEdit;
  settle(outcome: BatchOutcome): void;
}

const MAX_WAITING = 2_000;
const MAX_BATCH = 250;

/** Joins what waits into one commit a round, so that the number of commits does not grow with the number of callers. */
export function commitQueue(repo: ConfigRepo, options: CommitQueueOptions): CommitQueue {
  const { maxWaiting = MAX_WAITING } = options;
  const waiting: Waiting[] = [];
  let inWork = 0;
  let closing = false;
  let working: Promise<void> | undefined;

  const work = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, options.maxBatch ?? MAX_BATCH);
      inWork = batch.length;
      await landWaiting(repo, batch, options);
      inWork = 0;
    }
    working = undefined;
  };
  return {
    get depth() {
      return waiting.length + inWork;
    },
    submit<Result>(tool: string, edit: QueuedEdit<Result>) {
      if (closing) return Promise.reject(overloaded('the service is stopping'));
      if (waiting.length >= maxWaiting) {
        return Promise.reject(overloaded(`${waiting.length} changes are waiting already`));
      }
      return new Promise<Submitted<Result>>((resolve) => {
        waiting.push({
          tool,
          edit,
          settle(outcome) {
            resolve(answerOf(edit, outcome));
          },
        });
        working ??= work();
      });
    },
    async close() {
      closing = true;
      await working;
    },
  };
}

async function landWaiting(
  repo: ConfigRepo,
  batch: readonly Waiting[],
  options: CommitQueueOptions,
): Promise<void> {
  const { clock, prefetch, onBatch } = options;
  const tools = [...new Set(batch.map(({ tool }) => tool))];
  const batchOptions: BatchOptions = {
    ...options,
    prefetch: prefetch === undefined ? undefined : (head) => prefetch(head, tools),
  };
  const started = clock.now();
  const { outcomes, attempts, commits } = await landBatch(
    repo,
    batch.map(({ edit }) => edit),
    batchOptions,
  );
  const failed = outcomes.filter((outcome) => 'error' in outcome).length;
  batch.forEach((one, index) => {
    one.settle(outcomes[index] as BatchOutcome);
  });
  onBatch?.({ edits: batch.length, failed, attempts, commits, milliseconds: clock.now() - started });
}

async function answerOf<Result>(edit: QueuedEdit<Result>, outcome: BatchOutcome): Promise<Submitted<Result>> {
  if ('error' in outcome) throw outcome.error;
  return { commit: outcome.commit, result: edit.result(outcome.commit !== null) };
}

function overloaded(why: string): GitopsError {
  return new GitopsError('overloaded', why, {
    hint: 'send the same request again in a few seconds: it is safe',
  });
}
