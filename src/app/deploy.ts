import { formatImageRef } from '../model/image-ref.ts';
import type { CommitId, Snapshot } from '../ports/config-repo.ts';
import { type BumpDeps, type Bumped, type BumpRequest, bumpEdit } from './bump.ts';
import { checkBumpedImage } from './bumped-image.ts';
import type { CommitQueue } from './commit-queue.ts';
import { readTool } from './tool-edit.ts';

export interface DeployDeps extends BumpDeps {
  readonly queue: CommitQueue;
}

export interface Deployed extends Bumped {
  readonly tool: string;
  /** `null` when nothing had to change. */
  readonly commit: CommitId | null;
}

/** A bump through the queue. Every image is checked with the registry first, outside of it, so that nobody waits for that. */
export async function deploy(head: Snapshot, request: BumpRequest, deps: DeployDeps): Promise<Deployed> {
  const images = await verified(head, request, deps);
  const edit = bumpEdit({ ...request, images }, deps);
  const { commit, result } = await deps.queue.submit(request.tool, edit);
  return { tool: request.tool, commit, ...result };
}

/** The images by digest. Throws `image-gone` for one that the registry does not have, and what a bump throws. */
async function verified(
  head: Snapshot,
  { tool, images }: BumpRequest,
  { openRegistry }: DeployDeps,
): Promise<Record<string, string>> {
  const at = await readTool(head, tool);
  const registry = openRegistry(at.platform);
  const found = Object.entries(images).map(async ([component, text]) => {
    const ref = checkBumpedImage(at, component, text);
    return [component, formatImageRef({ ...ref, digest: await registry.resolve(ref) })] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
