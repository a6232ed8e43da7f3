import { standingOf } from '../model/image-policy.ts';
import { parseImageRef } from '../model/image-ref.ts';
import type { Build, ImageEntry, ImagesFile } from '../model/images-file.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedImage } from '../model/resolved-tool.ts';
import type { ComponentView } from './component-view.ts';

/** Where images come from: what was built, and whose tool it is. */
export interface ImageSources {
  readonly tool: string;
  readonly images: ImagesFile;
  readonly platform: Platform;
}

/** The image of a component that does not reuse; `undefined` while it awaits its first build. */
export function imageOf({ name, build }: ComponentView, sources: ImageSources): ResolvedImage | undefined {
  const entry = entryOf(sources.images, name);
  if (build.image === undefined) {
    return entry === undefined || !isOwn(entry.image, sources) ? undefined : recorded(entry, true);
  }
  if (entry !== undefined && isRecordOf(entry, build.image)) return recorded(entry, false);
  return { ref: build.image, built: false, build: undefined, hold: undefined };
}

export function entryOf({ components }: ImagesFile, name: string): ImageEntry | undefined {
  return Object.hasOwn(components, name) ? components[name] : undefined;
}

/** A build of ours lies in the tool's project; anything else is left over from a prebuilt image. */
function isOwn(image: string, { tool, platform }: ImageSources): boolean {
  const ref = parseImageRef(image);
  return ref !== undefined && standingOf(ref, tool, platform) === 'own';
}

/** Whether the entry is of the image that the spec names now; a held one stays whatever the spec names. */
export function isRecordOf(entry: ImageEntry, image: string): boolean {
  if (entry.hold !== undefined) return true;
  const [known, wanted] = [parseImageRef(entry.image), parseImageRef(image)];
  if (known === undefined || wanted === undefined) return false;
  const same =
    known.host === wanted.host && known.repository === wanted.repository && known.tag === wanted.tag;
  return same && (wanted.digest === undefined || wanted.digest === known.digest);
}

function recorded(entry: ImageEntry, built: boolean): ResolvedImage {
  const { hold, waiting: _, previous: __, ...build } = entry;
  return { ref: entry.image, built, build: build satisfies Build, hold };
}
