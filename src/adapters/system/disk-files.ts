import { join, resolve } from 'node:path';
import type { Files } from '../../ports/files.ts';
import { absolute, lstatOf, obstacleOf } from './disk-path.ts';
import { listNames, listPaths, readText } from './disk-read.ts';
import { diskStage } from './disk-stage.ts';

/**
 * A folder on disk. Synchronous calls beneath: for thousands of small files they take a third of the time.
 * A folder once read in is not looked at again for whether it is a link.
 * A file over 256 KiB outside manifests-out/ is read only so far that a check of its size still fails.
 */
export function diskFiles(folder: string): Files {
  const root = resolve(folder);
  const known = new Set(['']);
  return {
    root,
    kind: async (path) => kindOf(root, path),
    read: async (path) => readText(root, path, known),
    list: async (path) => listNames(root, path, known),
    listAll: async (path) => listPaths(root, path, known),
    stage: (id) => diskStage(root, id),
  };
}

/** Whatever lies beyond a linked folder is a link too. */
function kindOf(root: string, path: string): 'file' | 'folder' | 'link' | 'other' | undefined {
  const place = absolute(root, path);
  if (obstacleOf(root, path)?.link) return 'link';
  const stat = lstatOf(path === '' ? join(place, '.') : place);
  if (stat === undefined) return undefined;
  if (stat.isSymbolicLink()) return 'link';
  if (stat.isDirectory()) return 'folder';
  return stat.isFile() ? 'file' : 'other';
}
