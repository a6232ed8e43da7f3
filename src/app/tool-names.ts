import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE, toolDir } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import type { Tree } from './tree.ts';
import { readOr, unreadable } from './unreadable.ts';

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
    const read = await readOr(tree, toolDir(name), (error) => error);
    if (typeof read !== 'object' || read.code !== 'refused') continue;
    found.push({ name, diagnostic: unreadable(toolDir(name), read) });
  }
  return found;
}
