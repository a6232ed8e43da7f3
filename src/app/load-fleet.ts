import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE, toolDir } from '../model/layout.ts';
import type { Platform } from '../model/platform.ts';
import { checkPlatform } from '../spec/check-platform.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import { type LoadedTool, loadTool } from './load-tool.ts';
import { readOne, type Tree } from './tree.ts';

export interface Fleet {
  readonly platform: LoadedPlatform;
  /** By name. */
  readonly tools: readonly LoadedTool[];
}

export interface LoadedPlatform {
  /** `undefined` when platform.yaml is in error. */
  readonly platform: Platform | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string | undefined;
}

/** Checked once for a tree: the service's edits of many tools all ask for it. */
const LOADED = new WeakMap<Tree, LoadedPlatform>();

export async function loadPlatform(tree: Tree): Promise<LoadedPlatform> {
  const text = await readOne(tree, PLATFORM_FILE);
  const known = LOADED.get(tree);
  if (known !== undefined && known.text === text) return known;
  const loaded = {
    ...checkPlatform(text === undefined ? undefined : { file: PLATFORM_FILE, text }),
    text,
  };
  LOADED.set(tree, loaded);
  return loaded;
}

/** Names of all tools in the repo, sorted. Throws `not-a-config-repo` when there is no tools-config/. */
export async function toolNames(tree: Tree): Promise<readonly string[]> {
  const entries = await tree.list(CONFIG_DIR);
  if (entries.length === 0) {
    throw new GitopsError('not-a-config-repo', `no ${CONFIG_DIR}/ here`, {
      hint: 'stand in a config repo or name one with -C DIR; `toolforge-gitops init DIR` makes a new one',
    });
  }
  return entries.filter((entry) => entry.endsWith('/')).map((entry) => entry.slice(0, -1));
}

/** Reads the whole fleet, or the named tools of it; a name that is not there comes back with a diagnostic. */
export async function loadFleet(tree: Tree, only?: ReadonlySet<string>): Promise<Fleet> {
  const names = await toolNames(tree);
  const platform = await loadPlatform(tree);
  const tools: LoadedTool[] = [];
  for (const name of names) {
    if (only !== undefined && !only.has(name)) continue;
    tools.push(await loadTool(tree, name, await tree.list(toolDir(name))));
  }
  return { platform, tools };
}
