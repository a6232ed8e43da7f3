import { basename, dirname, join } from 'node:path';
import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE, TOOL_FILES } from '../model/layout.ts';
import type { Files } from '../ports/files.ts';
import type { Report } from '../spec/report.ts';
import { checkLoneFile } from './check-lone-file.ts';
import { treeOfFiles } from './tree.ts';
import { isAboutAFile, unreadable } from './unreadable.ts';
import { checkPlatformFile, checkRepo } from './validate.ts';

/** A word of the command line that names a file, and where it is. */
export interface FileTarget {
  /** As written, for messages. */
  readonly word: string;
  /** Absolute. */
  readonly path: string;
}

/** Whether a word names a file or folder rather than a tool. */
export function looksLikeFile(word: string): boolean {
  return word === CONFIG_DIR || /[/\\]|^\.\.?$|\.ya?ml$/.test(word);
}

/** Checks one file: as part of its config repo when it lies in one, else on its own. Of a folder, the config repo in it. */
export async function validateFile(
  { word, path }: FileTarget,
  openFiles: (root: string) => Files,
): Promise<Report> {
  const repo = repoPlaceOf(path);
  if (repo !== undefined) {
    const tree = treeOfFiles(openFiles(repo.root));
    if (repo.tool !== undefined) return checkRepo(tree, [repo.tool]);
    return checkPlatformFile(tree);
  }
  const whole = openFiles(basename(path) === CONFIG_DIR ? dirname(path) : path);
  if ((await whole.kind(CONFIG_DIR)) === 'folder') return checkRepo(treeOfFiles(whole));
  if ((await openFiles(path).kind('')) === 'folder') throw notAFile(word);
  try {
    const text = await openFiles(dirname(path)).read(basename(path));
    if (text !== undefined) return checkLoneFile(word, text);
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
    return { diagnostics: [unreadable(word, error)], tools: 1, sources: new Map() };
  }
  throw new GitopsError('usage', `no such file: ${word}`);
}

function notAFile(word: string): GitopsError {
  return new GitopsError('usage', `${word} is a folder`, {
    hint: `name a file in it, or the folder of a config repo, which has ${CONFIG_DIR}/ in it`,
  });
}

/** `<root>/tools-config/<tool>`, a file in it, or `<root>/tools-config/platform.yaml`. */
function repoPlaceOf(path: string): { root: string; tool: string | undefined } | undefined {
  const folder = dirname(path);
  if (path.endsWith(`/${PLATFORM_FILE}`)) return { root: dirname(folder), tool: undefined };
  if (basename(folder) === CONFIG_DIR && !/\.ya?ml$/.test(path)) {
    return { root: dirname(folder), tool: basename(path) };
  }
  const isToolFile = TOOL_FILES.some((file) => file === basename(path));
  if (!isToolFile || basename(dirname(folder)) !== CONFIG_DIR) return undefined;
  return { root: join(folder, '..', '..'), tool: basename(folder) };
}

/** Several targets' findings as one. */
export function mergeReports(parts: readonly Report[]): Report {
  return {
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    tools: parts.reduce((sum, { tools }) => sum + tools, 0),
    sources: new Map(parts.flatMap(({ sources }) => [...sources])),
  };
}
