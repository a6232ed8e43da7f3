import { GitopsError } from '../errors.ts';
import type { ImageEntry, ImagesFile } from '../model/images-file.ts';
import { nearest } from '../model/nearest.ts';

/** The entry of a component; a component may be called `constructor`, so only own keys count. */
export function entryOf({ components }: ImagesFile, component: string): ImageEntry | undefined {
  return Object.hasOwn(components, component) ? components[component] : undefined;
}

export function withEntry(file: ImagesFile, component: string, entry: ImageEntry): ImagesFile {
  return { ...file, components: { ...file.components, [component]: entry } };
}

/** The entry of a component that must have been built; else `not-found`, with the name that was likely meant. */
export function requireEntry(file: ImagesFile, component: string): ImageEntry {
  const entry = entryOf(file, component);
  if (entry !== undefined) return entry;
  const names = Object.keys(file.components).sort();
  const meant = nearest(component, names);
  throw new GitopsError('not-found', `component "${component}" has no recorded build`, {
    hint: meant === undefined ? knownHint(names) : `did you mean "${meant}"?`,
  });
}

function knownHint(names: readonly string[]): string {
  if (names.length === 0) return 'no component of this tool has been built yet: its first build comes first';
  return `components with a build: ${names.join(', ')}; one with reuse_from moves with the component it reuses`;
}
