import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { GitopsError } from '../../errors.ts';
import { isRepoPath } from '../../model/repo-path.ts';

/** The place of a path below the root; refuses a way out of it. The empty path is the root itself. */
export function absolute(root: string, path: string): string {
  if (path === '') return root;
  if (!isRepoPath(path)) {
    throw new GitopsError('refused', `${JSON.stringify(path)} is not a path in the config repo`, {
      hint: 'use a path below the repo, with / between its parts',
    });
  }
  return join(root, path);
}

/** What lies at a place, links not followed; `undefined` when nothing does. */
export function lstatOf(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch (error) {
    if (isCode(error, 'ENOTDIR')) return undefined;
    throw diskError(error, 'look at', place);
  }
}

/** The first on the way to a path that is no folder: a link or a file. Those in `known` were found to be folders. */
export function obstacleOf(
  root: string,
  path: string,
  known = new Set<string>(),
): { readonly path: string; readonly link: boolean } | undefined {
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const folder = path.slice(0, slash);
    if (known.has(folder)) continue;
    const stat = lstatOf(join(root, folder));
    if (stat === undefined) return undefined;
    if (!stat.isDirectory()) return { path: folder, link: stat.isSymbolicLink() };
    known.add(folder);
  }
  return undefined;
}

/** The folder that a path lies in; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function linkRefused(path: string): GitopsError {
  return new GitopsError('refused', `${path} is a symbolic link`, {
    hint: 'put the file or folder itself there: links are not followed, because they can lead out of the repo',
  });
}

/** What a failed system call means to the reader; told apart by its code, never by its text. */
export function diskError(error: unknown, what: string, place: string): GitopsError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new GitopsError('filesystem', `cannot ${what} ${place}: ${code}`, {
    hint: HINTS[code],
    cause: error,
  });
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}

const ACCESS = 'give the user that runs this access to it (ls -l shows who has it)';
const HINTS: Readonly<Record<string, string>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  EROFS: 'the file system is mounted read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many open files: raise the limit with ulimit -n',
  EEXIST: 'a file stands where a folder is needed: move it away',
  ENOTDIR: 'a file stands where a folder is needed: move it away',
  EISDIR: 'a folder stands where a file is needed: move it away',
  EXDEV: 'the whole config repo must lie on one file system',
};
