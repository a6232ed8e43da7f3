import { type BumpOutcome, bump, type ComponentOutcome } from '../change/bump.ts';
import { toolMessage } from '../change/commit-message.ts';
import type { ComponentChange } from '../change/component-change.ts';
import { entryOf } from '../change/entries.ts';
import type { CommitMessage } from '../model/change.ts';
import { formatImageRef } from '../model/image-ref.ts';
import type { Build, ImagesFile } from '../model/images-file.ts';
import type { Platform } from '../model/platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { Registry } from '../ports/registry.ts';
import { checkBumpedImage } from './bumped-image.ts';
import { type ImagesEdit, imagesEdit } from './edit-images.ts';
import type { ToolAtHead } from './tool-edit.ts';

export interface BumpRequest {
  readonly tool: string;
  /** Component → image reference as given: with a tag, a digest, or both. */
  readonly images: Readonly<Record<string, string>>;
  /** What is known of the build; the same for all components. */
  readonly build: Omit<Build, 'image'>;
}

export interface Bumped {
  readonly outcome: BumpOutcome;
  readonly components: Readonly<Record<string, ComponentOutcome>>;
}

export interface BumpDeps {
  readonly clock: Clock;
  /** The registry client for a platform: asked only for references without a digest. */
  openRegistry(platform: Platform): Registry;
}

/** Records built images, as an edit of the head for `land` or for the service's queue. */
export function bumpEdit(request: BumpRequest, deps: BumpDeps): ImagesEdit<Bumped> {
  const resolved = new Map<string, string>();
  return imagesEdit(request.tool, async (at) => {
    const builds = await buildsFor(at, request, { deps, resolved });
    const { file, outcomes, outcome } = bump(at.images, builds, deps.clock.now());
    return {
      file,
      result: { outcome, components: outcomes },
      message: () => messageOf(request, { before: at.images, after: file }),
    };
  });
}

/** A tag is asked for once, however often the edit runs: the digest of then is what the caller meant. */
async function buildsFor(
  at: ToolAtHead,
  { images, build }: BumpRequest,
  { deps, resolved }: { deps: BumpDeps; resolved: Map<string, string> },
): Promise<Record<string, Build>> {
  const builds: [string, Build][] = [];
  for (const [component, text] of Object.entries(images)) {
    const ref = checkBumpedImage(at, component, text);
    const known = ref.digest ?? resolved.get(component);
    const digest = known ?? (await deps.openRegistry(at.platform).resolve(ref));
    resolved.set(component, digest);
    builds.push([component, { image: formatImageRef({ ...ref, digest }), ...build }]);
  }
  return Object.fromEntries(builds);
}

/** Of what changed in images.yaml, which may be more than was bumped: a hold that has ended lets its build go. */
function messageOf(
  { tool, build }: BumpRequest,
  { before, after }: { before: ImagesFile; after: ImagesFile },
): CommitMessage {
  const changes = Object.keys(after.components).flatMap((component): ComponentChange[] => {
    const [old, fresh] = [entryOf(before, component), entryOf(after, component)];
    if (fresh === undefined || old === fresh) return [];
    if (fresh.waiting !== undefined && fresh.waiting !== old?.waiting) {
      return [{ component, action: 'waiting', build: fresh.waiting }];
    }
    return [{ component, action: 'deployed', build: fresh }];
  });
  const { commit: sha, repository } = build.source ?? {};
  return toolMessage({
    tool,
    changes,
    ...(sha !== undefined && { reference: { sha, repository, date: build.built_at } }),
  });
}
