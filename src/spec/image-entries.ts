import { mayRun, standingOf } from '../model/image-policy.ts';
import { parseImageRef } from '../model/image-ref.ts';
import type { ImageEntry } from '../model/images-file.ts';
import { nearest } from '../model/nearest.ts';
import { mendedName } from './component-name.ts';
import type { ComponentView } from './component-view.ts';
import type { PlacedFinding } from './finding.ts';
import { entryOf, type ImageSources, isRecordOf } from './resolve-image.ts';
import { quoted } from './words.ts';

/** What is wrong with images.yaml in the light of the spec; paths begin at the top of images.yaml. */
export function imageEntryMistakes(
  components: readonly ComponentView[],
  known: ReadonlySet<string>,
  sources: ImageSources,
): readonly PlacedFinding[] {
  const sure = components.filter(({ doubts }) => !doubts.has('build'));
  const mistakes = sure.flatMap((component) => {
    const entry = entryOf(sources.images, component.name);
    return entry === undefined ? [] : ofEntry(component, entry, sources);
  });
  const others = Object.keys(sources.images.components).filter((name) => !known.has(name));
  if (others.length === 0) return mistakes;
  const mended = new Set([...known].map(mendedName));
  const strangers = others.filter((name) => !mended.has(name));
  return [...mistakes, ...strangers.map((name) => unknownComponent(name, known))];
}

function ofEntry(
  { name, build }: ComponentView,
  entry: ImageEntry,
  { tool, platform }: ImageSources,
): readonly PlacedFinding[] {
  const path = ['components', name];
  if (build.reuse_from !== undefined) {
    const message = `\`${name}\` reuses the build of ${quoted(build.reuse_from)}, so its own image is not used`;
    return [{ code: 'TFG523', severity: 'warning', path, at: 'key', message }];
  }
  if (build.image !== undefined && !isRecordOf(entry, build.image)) return [];
  const image = parseImageRef(entry.image);
  const standing = image === undefined ? 'other-host' : standingOf(image, tool, platform);
  if (!mayRun(standing)) {
    const message = `the image of \`${name}\` may not run here: it is of ${standing === 'other-host' ? 'a host' : 'a project'} that is not allowed`;
    const suggestion = 'roll back to an allowed image, or build anew; this file is written by the bot';
    return [{ code: 'TFG522', path: [...path, 'image'], message, suggestion }];
  }
  if (build.image !== undefined || standing === 'own') return [];
  const message = `the image of \`${name}\` is no build of this tool, so the component awaits its first build`;
  return [{ code: 'TFG524', severity: 'warning', path: [...path, 'image'], message }];
}

function unknownComponent(name: string, known: ReadonlySet<string>): PlacedFinding {
  const near = nearest(name, known);
  return {
    code: 'TFG523',
    severity: 'warning',
    path: ['components', name],
    at: 'key',
    message: `the spec has no component \`${name}\`, so its image is not used`,
    suggestion:
      near === undefined
        ? undefined
        : `has \`${name}\` been renamed to \`${near}\`? It needs a build of its own`,
  };
}
