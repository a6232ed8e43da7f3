import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { GitopsError } from '../../errors.ts';
import { absolute, diskError, folderOf, isCode, linkRefused, lstatOf, obstacleOf } from './disk-path.ts';
import { STAGING_PREFIX } from './disk-read.ts';

interface Write {
  readonly path: string;
  readonly text: string | undefined;
}

interface Text extends Write {
  readonly text: string;
}

interface Seen {
  readonly there: Set<string>;
  readonly missing: Set<string>;
}

/** Up to so many files are forced to the disk; of more, which are rendered and can be rendered again, none is. */
const FSYNC_MAX = 64;

/**
 * Stages all, then moves each into place, then deletes. Whenever it is interrupted, each file is whole: the old one or
 * the new one. Never waits between these steps, so within one process writes do not meet.
 */
export function writeAll(root: string, writes: readonly Write[]): void {
  checkTargets(root, writes);
  const texts = writes.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  makeFolder(root);
  removeStale(root);
  if (texts.length > 0) stageAndMove(root, texts);
  for (const { path, text } of writes) if (text === undefined) remove(root, path);
}

/** Finds what would stop the writing half-way before the first file is touched. */
function checkTargets(root: string, writes: readonly Write[]): void {
  const known = new Set(['']);
  for (const write of writes) checkTarget(root, write, known);
}

function checkTarget(root: string, { path, text }: Write, known: Set<string>): void {
  const place = absolute(root, path);
  if (place === root) throw new GitopsError('refused', 'the config repo itself is no file');
  const obstacle = obstacleOf(root, path, known);
  if (obstacle?.link) throw linkRefused(obstacle.path);
  // Of a first run nearly all goes to folders that are not there yet.
  const stat = known.has(folderOf(path)) ? lstatOf(place) : undefined;
  if (stat?.isDirectory()) throw diskError({ code: 'EISDIR' }, 'write', place);
  // Deleting asks for less: what is below a file is not there, and of a link the link alone goes.
  if (text === undefined) return;
  if (obstacle !== undefined) throw diskError({ code: 'ENOTDIR' }, 'write below', join(root, obstacle.path));
  if (stat?.isSymbolicLink()) throw linkRefused(path);
}

function stageAndMove(root: string, texts: readonly Text[]): void {
  const staging = attempt('write in', root, () => mkdtempSync(join(root, `${STAGING_PREFIX}${pid}-`)));
  try {
    for (const [from, to] of stage(root, staging, texts)) {
      attempt('write', to, () => renameSync(from, to));
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/**
 * Writes the texts below the staging folder, and tells what to move from where to where. A folder that is not there yet
 * is built whole and moved at once, which for a first run is one move instead of thousands.
 */
function stage(root: string, staging: string, texts: readonly Text[]): Map<string, string> {
  const moves = new Map<string, string>();
  const seen: Seen = { there: new Set(), missing: new Set() };
  const made = new Set<string>();
  const sync = texts.length <= FSYNC_MAX;
  for (const [index, { path, text }] of texts.entries()) {
    const missing = firstMissing(root, path, seen);
    const staged = missing === undefined ? join(staging, `${index}`) : join(staging, 'new', path);
    if (missing !== undefined && !made.has(dirname(staged))) makeFolder(dirname(staged));
    made.add(dirname(staged));
    attempt('write', join(root, path), () => writeFile(staged, text, sync));
    moves.set(missing === undefined ? staged : join(staging, 'new', missing), join(root, missing ?? path));
  }
  return moves;
}

/** The first folder on the way to a path that is not there. */
function firstMissing(root: string, path: string, { there, missing }: Seen): string | undefined {
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const folder = path.slice(0, slash);
    if (there.has(folder)) continue;
    if (missing.has(folder)) return folder;
    const found = lstatOf(join(root, folder)) !== undefined;
    (found ? there : missing).add(folder);
    if (!found) return folder;
  }
  return undefined;
}

function writeFile(place: string, text: string, sync: boolean): void {
  const file = openSync(place, 'wx');
  try {
    writeFileSync(file, text);
    if (sync) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function makeFolder(folder: string): void {
  attempt('make the folder', folder, () => makeAll(folder));
}

/** One by one: Node's way to make them all at once never ends where the system allows none, as below /proc. */
function makeAll(folder: string): void {
  if (makeOne(folder)) return;
  makeAll(dirname(folder));
  if (!makeOne(folder)) throw Object.assign(new Error('no folder can be made there'), { code: 'ENOENT' });
}

/** Whether it is there now; `false` where the folder above it is missing. */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    if (isCode(error, 'EEXIST') && statSync(folder).isDirectory()) return true;
    throw error;
  }
}

/** Folders that this leaves empty go too, as git keeps none. */
function remove(root: string, path: string): void {
  try {
    unlinkSync(join(root, path));
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw diskError(error, 'delete', join(root, path));
  }
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch (error) {
      // Not empty is the usual end; whatever else keeps an empty folder does no harm.
      if (!isCode(error, 'ENOENT')) return;
    }
  }
}

/** Removes what runs that were killed left behind: staging folders of processes that are no more. */
function removeStale(root: string): void {
  for (const name of attempt('list', root, () => readdirSync(root))) {
    if (!name.startsWith(STAGING_PREFIX)) continue;
    const owner = Number.parseInt(name.slice(STAGING_PREFIX.length), 10);
    if (owner !== pid && isRunning(owner)) continue;
    attempt('delete', join(root, name), () => rmSync(join(root, name), { recursive: true, force: true }));
  }
}

function isRunning(owner: number): boolean {
  if (!Number.isSafeInteger(owner) || owner < 1) return false;
  try {
    return kill(owner, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function attempt<T>(what: string, place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskError(error, what, place);
  }
}
