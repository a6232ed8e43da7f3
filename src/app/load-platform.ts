import { PLATFORM_FILE } from '../model/layout.ts';
import type { Platform } from '../model/platform.ts';
import { checkPlatform } from '../spec/check-platform.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import type { Tree } from './tree.ts';
import { readOr, unreadable } from './unreadable.ts';

export interface LoadedPlatform {
  /** `undefined` when platform.yaml is in error. */
  readonly platform: Platform | undefined;
  /** What tools can be held against in spite of errors, if these are about other things. */
  readonly intact?: Platform;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string | undefined;
}

/** Checked once for a tree: the service's edits of many tools all ask for it. */
const LOADED = new WeakMap<Tree, LoadedPlatform>();

export async function loadPlatform(tree: Tree): Promise<LoadedPlatform> {
  const text = await readOr(tree, PLATFORM_FILE, (error) => unreadable(PLATFORM_FILE, error));
  if (typeof text === 'object') return { platform: undefined, diagnostics: [text], text: undefined };
  const known = LOADED.get(tree);
  if (known !== undefined && known.text === text) return known;
  const loaded = {
    ...checkPlatform(text === undefined ? undefined : { file: PLATFORM_FILE, text }),
    text,
  };
  LOADED.set(tree, loaded);
  return loaded;
}
