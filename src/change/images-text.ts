import { emitYaml } from '../model/emit-yaml.ts';
import type { Build, Hold, ImageEntry, ImagesFile } from '../model/images-file.ts';
import { plainBuild } from './plain-build.ts';

const HEADER = '# Written by the deploy bot; do not edit.\n';

/** images.yaml as text: components by name, keys in one order, the same to the byte for the same file. */
export function imagesText({ components }: ImagesFile): string {
  const names = Object.keys(components).sort();
  const entries = names.map((name) => [name, entryJson(components[name] as ImageEntry)] as const);
  return HEADER + emitYaml({ components: Object.fromEntries(entries) });
}

function entryJson({ hold, waiting, previous = [], ...build }: ImageEntry) {
  return {
    ...buildJson(build),
    ...(hold !== undefined && { hold: holdJson(hold) }),
    ...(waiting !== undefined && { waiting: buildJson(waiting) }),
    ...(previous.length > 0 && { previous: previous.map(buildJson) }),
  };
}

function buildJson(build: Build) {
  const { image, source, ...rest } = plainBuild(build);
  return { image, ...(source !== undefined && { source: { ...source } }), ...rest };
}

function holdJson({ by, reason, until }: Hold) {
  return { by, ...(reason !== undefined && { reason }), ...(until !== undefined && { until }) };
}
