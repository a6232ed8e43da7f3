import { parentPort, workerData } from 'node:worker_threads';
import { diskFiles } from './adapters/system/disk-files.ts';
import type { ThreadReply } from './adapters/system/threads.ts';
import { answerThread, type ThreadRequest } from './app/synth-parts.ts';
import { GitopsError } from './errors.ts';

/** The entry of a rendering thread: one request in, one reply out. */
async function reply(): Promise<ThreadReply> {
  try {
    return { answer: await answerThread(workerData as ThreadRequest, diskFiles) };
  } catch (error) {
    if (!(error instanceof GitopsError)) throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
}

parentPort?.postMessage(await reply());
