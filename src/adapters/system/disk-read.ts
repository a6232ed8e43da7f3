import { isUtf8 } from 'node:buffer';
import { closeSync, constants, type Dirent, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { GitopsError } from '../../errors.ts';
import { OUTPUT_DIR } from '../../model/layout.ts';
import { absolute, diskError, folderOf, isCode, linkRefused, lstatOf, obstacleOf } from './disk-path.ts';

/** Sources may hold 256 KiB; of a longer file just enough is read for the check that says so. */
const SOURCE_MAX = 256 * 1024 + 4;
const OUTPUT_MAX = 64 * 2 ** 20;
/** Never waits for the other end of a pipe, never follows a link. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
export const STAGING_PREFIX = '.toolforge-gitops-staging-';

/** `known`: folders of the root that were found to be some, which are not looked at again. */
export function readText(root: string, path: string, known: Set<string>): string | undefined {
  const place = absolute(root, path);
  const obstacle = obstacleOf(root, path, known);
  if (obstacle?.link) throw linkRefused(obstacle.path);
  // Told from a look at the folder: opening what is not there costs an exception, for a first run thousands.
  if (!known.has(folderOf(path))) return undefined;
  const file = openFile(place, path);
  if (file === undefined) return undefined;
  try {
    return decode(readBytes(file, place, path.startsWith(`${OUTPUT_DIR}/`) ? OUTPUT_MAX : SOURCE_MAX), place);
  } catch (error) {
    if (error instanceof GitopsError) throw error;
    if (isCode(error, 'EISDIR')) throw notAFile(place, 'a folder');
    if (isCode(error, 'ESPIPE')) throw notAFile(place, 'no plain file');
    throw diskError(error, 'read', place);
  } finally {
    closeSync(file);
  }
}

/** Nearly every file fits in, and is then read by one call. What is in it is gone with the next file. */
const SMALL = Buffer.allocUnsafeSlow(32 * 1024);

function readBytes(file: number, place: string, limit: number): Buffer {
  const length = readSync(file, SMALL, 0, SMALL.length, 0);
  // Less than was asked for is all there is; nothing may mean that it is a device.
  if (length > 0 && length < SMALL.length) return SMALL.subarray(0, length);
  const stat = fstatSync(file);
  if (!stat.isFile()) throw notAFile(place, 'no plain file');
  return readUpTo(file, stat.size, limit);
}

function openFile(place: string, path: string): number | undefined {
  try {
    return openSync(place, FLAGS);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    const stat = lstatOf(place);
    if (stat?.isSymbolicLink()) throw linkRefused(path);
    // A socket or a device without a driver cannot even be opened.
    if (stat !== undefined && !stat.isFile() && !stat.isDirectory()) throw notAFile(place, 'no plain file');
    throw diskError(error, 'read', place);
  }
}

function notAFile(place: string, what: string): GitopsError {
  return new GitopsError('filesystem', `${place} is ${what}`, { hint: 'put a plain text file there' });
}

function readUpTo(file: number, size: number, limit: number): Buffer {
  // One more than the file's size, since it may have grown.
  const buffer = Buffer.allocUnsafe(Math.min(size + 1, limit));
  let length = 0;
  while (length < buffer.length) {
    const got = readSync(file, buffer, length, buffer.length - length, length);
    if (got === 0) break;
    length += got;
  }
  return buffer.subarray(0, length);
}

function decode(bytes: Buffer, place: string): string {
  try {
    if (isUtf8(bytes)) return bytes.toString('utf8');
    // A text that was cut may end within a character, which is then left out.
    if (bytes.length < SOURCE_MAX) throw new TypeError('not UTF-8');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
  } catch {
    throw new GitopsError('filesystem', `${place} is not UTF-8 text`, {
      hint: 'save it as UTF-8, without binary content',
    });
  }
}

export function listNames(root: string, folder: string, known: Set<string>): string[] {
  return entriesOf(root, folder, known)
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
}

export function listPaths(root: string, folder: string, known: Set<string>): string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(root, next, known)) {
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else found.push(path);
    }
  }
  return found.sort();
}

function entriesOf(root: string, folder: string, known: Set<string>): Dirent[] {
  const place = absolute(root, folder);
  const obstacle = obstacleOf(root, `${folder}/`, known);
  if (obstacle?.link) throw linkRefused(obstacle.path);
  try {
    const entries = readdirSync(place, { withFileTypes: true }).filter(({ name }) => !isOurs(name));
    for (const entry of entries) {
      if (entry.isDirectory()) known.add(folder === '' ? entry.name : `${folder}/${entry.name}`);
    }
    return entries;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw diskError(error, 'list', place);
  }
}

/** What lies in a work tree without being part of the repo. */
function isOurs(name: string): boolean {
  return name === '.git' || name.startsWith(STAGING_PREFIX);
}
