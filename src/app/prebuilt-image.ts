import { formatImageRef, parseImageRef } from '../model/image-ref.ts';
import type { ResolvedComponent } from '../model/resolved-tool.ts';
import { bumpEdit } from './bump.ts';
import { type Landing, landingOf, type ServiceDeps } from './service-deps.ts';
import { readTool } from './tool-edit.ts';

/** Whether it runs what a tag of `build.image` names at the moment, not what it named once. */
export function isUnresolved({ name, buildOf, prebuilt, image }: ResolvedComponent): boolean {
  const isOwn = prebuilt !== undefined && buildOf === name;
  return isOwn && image?.build === undefined && parseImageRef(prebuilt)?.digest === undefined;
}

/**
 * Records the digest of a prebuilt image that the spec names by a tag; later moves of the tag are for a bump to make.
 * Throws `image-gone` when the registry does not have it, and `registry-failed`.
 */
export async function prebuiltImage(
  { tool, component }: { readonly tool: string; readonly component: string },
  deps: ServiceDeps,
): Promise<Landing | undefined> {
  const at = await readTool(await deps.heads.at(tool), tool);
  const found = at.tool.components.find(({ name }) => name === component);
  if (found === undefined || !isUnresolved(found)) return undefined;
  const ref = parseImageRef(found.prebuilt ?? '');
  if (ref === undefined) return undefined;
  const digest = await deps.openRegistry(at.platform).resolve(ref);
  const images = { [component]: formatImageRef({ ...ref, digest }) };
  return landingOf(tool, bumpEdit({ tool, images, build: {} }, deps), deps);
}
