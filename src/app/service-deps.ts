import { parseImageRef } from '../model/image-ref.ts';
import type { ImageEntry } from '../model/images-file.ts';
import type { Platform } from '../model/platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Log } from '../ports/log.ts';
import type { Registry } from '../ports/registry.ts';
import type { SpecSource } from '../ports/spec-source.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { HeadReader } from './head-reader.ts';
import type { QueuedEdit } from './land-batch.ts';
import type { SourceIndex } from './source-index.ts';
import type { WorkList } from './work-list.ts';

/** What the service's use cases work with. */
export interface ServiceDeps {
  readonly repo: ConfigRepo;
  readonly queue: CommitQueue;
  readonly heads: HeadReader;
  readonly sources: SourceIndex;
  readonly background: WorkList;
  readonly clock: Clock;
  readonly log: Log;
  openRegistry(platform: Platform): Registry;
  openSpecSource(platform: Platform): SpecSource;
}

/** Lands a change that was found necessary; answers whether it still was. */
export type Landing = () => Promise<boolean>;

/**
 * Runs an edit on the newest head by itself first: most background work finds nothing to do, and slow parts (a fetch) are
 * over before anybody else's change waits for them. `undefined` where no commit is needed.
 */
export async function landingOf(
  tool: string,
  edit: QueuedEdit,
  { heads, queue }: Pick<ServiceDeps, 'heads' | 'queue'>,
): Promise<Landing | undefined> {
  const change = await edit.run(await heads.at(tool));
  if (change === undefined) return undefined;
  return async () => (await queue.submit(tool, edit)).commit !== null;
}

/** The same, landed at once; answers whether a commit was needed. */
export async function submitIfNeeded(
  tool: string,
  edit: QueuedEdit,
  deps: Pick<ServiceDeps, 'heads' | 'queue'>,
): Promise<boolean> {
  return (await (await landingOf(tool, edit, deps))?.()) ?? false;
}

/** Whether an image was recorded before: what runs, what waits behind a hold, what ran once. */
export function isRecorded(entry: ImageEntry | undefined, digest: string): boolean {
  if (entry === undefined) return false;
  const builds = [entry, ...(entry.waiting ? [entry.waiting] : []), ...(entry.previous ?? [])];
  return builds.some(({ image }) => parseImageRef(image)?.digest === digest);
}
