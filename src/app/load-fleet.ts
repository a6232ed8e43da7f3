import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE, toolDir } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import { checkPlatform } from '../spec/check-platform.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import { isAboutAFile, unreadable } from './load-tool.ts';
import { readOne, type Tree } from './tree.ts';

export interface LoadedPlatform {
  /** `undefined` when platform.yaml is in error. */
  readonly platform: Platform | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string | undefined;
}

/** Checked once for a tree: the service's edits of many tools all ask for it. */
const LOADED = new WeakMap<Tree, LoadedPlatform>();

export async function loadPlatform(tree: Tree): Promise<LoadedPlatform> {
  const text = await readPlatform(tree);
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

/** Its text, or what keeps it from being read. */
async function readPlatform(tree: Tree): Promise<string | undefined | Diagnostic> {
  try {
    return await readOne(tree, PLATFORM_FILE);
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
    return unreadable(PLATFORM_FILE, error);
  }
}

/** Names of all tools in the repo, sorted. Throws `not-a-config-repo` when there is no tools-config/. */
export async function toolNames(tree: Tree): Promise<readonly string[]> {
  return foldersIn(await configEntries(tree));
}

async function configEntries(tree: Tree): Promise<readonly string[]> {
  const entries = await tree.list(CONFIG_DIR);
  if (entries.length > 0) return entries;
  throw new GitopsError('not-a-config-repo', `no ${CONFIG_DIR}/ here`, {
    hint: 'stand in a config repo or name one with -C DIR; `toolforge-gitops init DIR` makes a new one',
  });
}

function foldersIn(entries: readonly string[]): readonly string[] {
  const folders = entries.filter((entry) => entry.endsWith('/')).map((entry) => entry.slice(0, -1));
  return folders.filter((name) => toolDir(name) !== PLATFORM_FILE);
}

/** A tool whose folder is a link: without a word, it would count as removed. */
export interface LinkedTool {
  readonly name: string;
  readonly diagnostic: Diagnostic;
}

export async function linkedTools(tree: Tree): Promise<readonly LinkedTool[]> {
  const found: LinkedTool[] = [];
  for (const name of (await configEntries(tree)).filter(isToolName)) {
    try {
      await readOne(tree, toolDir(name));
    } catch (error) {
      if (!isAboutAFile(error)) throw error;
      if (error.code === 'refused') found.push({ name, diagnostic: unreadable(toolDir(name), error) });
    }
  }
  return found;
}
