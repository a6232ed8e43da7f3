import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, GitopsError } from '../../errors.ts';
import type { Threads } from '../../ports/threads.ts';

/** What a thread posts back: its answer, or the foreseen failure that kept it from one. */
export type ThreadReply =
  | { readonly answer: unknown }
  | { readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined };

/** More threads than this wait for the disk and for each other. */
const WIDTH_MAX = 8;
/** Room for young objects: rendering makes many that are dropped at once. */
const YOUNG_MB = 64;
/**
 * Bytecode that a function runs before V8 optimizes it, three times its default. Each thread compiles for itself, and in a
 * run of seconds much of what is optimized early does not pay: with this a run takes a tenth less (docs/performance.md).
 */
const COMPILER_PATIENCE = '--interrupt-budget=400000';

/** Threads that run a script of ours, one for each request. */
export function workerThreads(script: URL): Threads {
  return {
    width: Math.min(availableParallelism(), WIDTH_MAX),
    run: (request) =>
      new Promise((settle, reject) => {
        setFlagsFromString(COMPILER_PATIENCE);
        const worker = new Worker(script, {
          workerData: request,
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        });
        worker.once('message', (reply: ThreadReply) => {
          if ('answer' in reply) settle(reply.answer);
          else reject(new GitopsError(reply.code, reply.message, { hint: reply.hint }));
        });
        worker.once('error', (error) =>
          reject(isOutOfMemory(error) ? endedEarly('memory ran out', error) : error),
        );
        worker.once('exit', (code) => reject(endedEarly(`exit code ${code}`)));
      }),
  };
}

function isOutOfMemory(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** After an answer this changes nothing: the promise is settled. */
function endedEarly(why: string, cause?: unknown): GitopsError {
  return new GitopsError('filesystem', `a rendering thread ended early (${why})`, {
    hint: 'it may have run out of memory: render in parts with --shard K',
    cause,
  });
}
