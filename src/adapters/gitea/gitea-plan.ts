import { GitopsError } from '../../errors.ts';
import type { Change, FileChange } from '../../model/change.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { isRepoPath } from '../../model/repo-path.ts';
import { WIDTH } from './gitea-client.ts';
import type { Entry, GiteaSnapshot } from './gitea-snapshot.ts';

/** One entry of the body of a write. */
export type Operation =
  | { readonly operation: 'create'; readonly path: string; readonly content: string }
  | { readonly operation: 'update'; readonly path: string; readonly content: string; readonly sha: string }
  | { readonly operation: 'delete'; readonly path: string; readonly sha: string };

/** Throws `refused` for a path that may not be written. */
export function checkPaths(name: string, { files }: Change): void {
  const bad = files.find(({ path }) => !isRepoPath(path));
  if (bad === undefined) return;
  throw new GitopsError('refused', `${name}: ${JSON.stringify(bad.path)} is no path in the repository`, {
    hint: 'a path is relative, without `..`, `.git` and control characters, and of at most 500 characters',
  });
}

/**
 * What to send: each update and delete with the blob that it was planned on, so that Gitea refuses it when the file has
 * changed since. What is there already is left out, for Gitea would make an empty commit of it.
 */
export async function planOperations(
  name: string,
  base: GiteaSnapshot,
  { files }: Change,
): Promise<Operation[]> {
  const entries = await inParallel(files, WIDTH, ({ path }) => base.entry(path));
  return files.flatMap((file, index) => operationOf(name, file, entries[index]) ?? []);
}

function operationOf(
  name: string,
  { path, text }: FileChange,
  entry: Entry | undefined,
): Operation | undefined {
  if (entry !== undefined && entry.type !== 'file') {
    throw new GitopsError('refused', `${name}: ${path} is a ${WORDS[entry.type]} there, not a file`, {
      hint: 'remove it by a commit of its own, then run the same command again',
    });
  }
  if (text === undefined) return entry && { operation: 'delete', path, sha: entry.sha };
  const content = Buffer.from(text, 'utf8').toString('base64');
  if (entry === undefined) return { operation: 'create', path, content };
  return entry.text === text ? undefined : { operation: 'update', path, content, sha: entry.sha };
}

const WORDS = { dir: 'folder', symlink: 'symbolic link', submodule: 'submodule' };

/**
 * What Gitea's API cannot write, though git can: a path that begins with `-` (500), and a file in the place of a folder
 * or the other way round in one commit (422). `undefined` when there is nothing of the kind.
 */
export function unwritable({ files }: Change): string | undefined {
  const dash = files.find(({ path }) => path.startsWith('-'));
  if (dash !== undefined) return `${dash.path} begins with a dash`;
  const written = files.flatMap(({ path, text }) => (text === undefined ? [] : [path]));
  const deleted = files.flatMap(({ path, text }) => (text === undefined ? [path] : []));
  const parents = (paths: readonly string[]) => new Set(paths.flatMap(foldersOf));
  const [above, below] = [parents(written), parents(deleted)];
  const path = deleted.find((file) => above.has(file)) ?? written.find((file) => below.has(file));
  return path === undefined ? undefined : `${path} is a file on one side and a folder on the other`;
}

function foldersOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
