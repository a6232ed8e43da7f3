import type { Files, Stage } from '../ports/files.ts';
import type { Part } from './part.ts';

/** Work that puts new files on a stage. What it does not commit is gone when it ends, however it ends. */
export async function withStage<T>(files: Files, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = files.stage();
  let result: T;
  try {
    result = await work(stage);
  } catch (error) {
    // What went wrong first is what is told.
    await stage.discard().catch(() => undefined);
    throw error;
  }
  await stage.discard();
  return result;
}

/** The same, its texts put on the stage instead of kept, if there is one. */
export async function staged<T extends Pick<Part, 'fresh'>>(part: T, stage: Stage | undefined): Promise<T> {
  if (stage === undefined) return part;
  await stage.add(part.fresh);
  return { ...part, fresh: [] };
}
