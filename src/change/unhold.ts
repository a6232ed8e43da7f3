import type { ImagesFile } from '../model/images-file.ts';
import { moved } from './build.ts';
import { requireEntry, withEntry } from './entries.ts';

export interface UnholdResult {
  /** The very file that was given when the component is not held. */
  readonly file: ImagesFile;
  /** `deployed`: the build that waited runs now; `released`: the image stays, the next build moves it. */
  readonly outcome: 'deployed' | 'released' | 'unchanged';
  /** What the component runs now. */
  readonly image: string;
}

/**
 * Lifts a hold. What waited behind it is deployed, since that is what people expect of letting go: also the build that a
 * rollback left behind, unless a newer one waits by now. With `keep` the image stays and what waited is forgotten.
 */
export function unhold(file: ImagesFile, component: string, { keep = false } = {}): UnholdResult {
  const entry = requireEntry(file, component);
  const { hold, waiting, ...released } = entry;
  if (hold === undefined) return { file, outcome: 'unchanged', image: entry.image };
  if (waiting === undefined || keep) {
    return { file: withEntry(file, component, released), outcome: 'released', image: entry.image };
  }
  return {
    file: withEntry(file, component, moved(entry, waiting)),
    outcome: 'deployed',
    image: waiting.image,
  };
}
