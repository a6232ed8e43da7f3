import { formatImageRef, parseImageRef } from '../model/image-ref.ts';
import type { ResolvedComponent } from '../model/resolved-tool.ts';
import { bumpEdit } from './bump.ts';
import { type Landing, landingOf, type ServiceDeps } from './service-deps.ts';
import type { ToolAtHead } from './tool-edit.ts';

/** Whether it runs what a tag of `build.image` names at the moment, not what it named once. */
export function isUnresolved({ name, buildOf, prebuilt, image }: ResolvedComponent): boolean {
  const isOwn = prebuilt !== undefined && buildOf === name;
  return isOwn && image?.build === undefined && parseImageRef(prebuilt)?.digest === undefined;
}

/**
 * Records the digest of a prebuilt image that the spec names by a tag and nobody has resolved; later moves of the tag are
 * for a bump to make. Throws `image-gone` when the registry does not have it, and `registry-failed`.
 */
export async function prebuiltImage(
  { tool: { name: tool }, platform }: ToolAtHead,
  { name, prebuilt = '' }: ResolvedComponent,
  deps: ServiceDeps,
): Promise<Landing | undefined> {
  const ref = parseImageRef(prebuilt);
  if (ref === undefined) return undefined;
  const digest = await deps.openRegistry(platform).resolve(ref);
  const images = { [name]: formatImageRef({ ...ref, digest }) };
  return landingOf(tool, bumpEdit({ tool, images, build: {} }, deps), deps);
}
