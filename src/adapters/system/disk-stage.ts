import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
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
import { GitopsError } from '../../errors.ts';
import type { Stage, StagedChange } from '../../ports/files.ts';
import { absolute, diskError, folderOf, isCode, linkRefused, lstatOf, obstacleOf } from './disk-path.ts';
import { newStagingName, staleStagings } from './staging-name.ts';

interface Seen {
  readonly there: Set<string>;
  readonly missing: Set<string>;
}

/** Up to so many files are forced to the disk; of more, which are rendered and can be rendered again, none is. */
const FSYNC_MAX = 64;

/** Nobody else needs to look into what is not done. */
const PRIVATE = 0o700;

/**
 * New files lie in a folder below the root that bears the process's number, each as it will lie below the root itself.
 * Whenever it is interrupted, each file is whole: the old one or the new one.
 */
export function diskStage(root: string, joined?: string): Stage {
  const id = joined ?? newStagingName();
  const staging = join(root, id);
  const above = missingAbove(root);
  const made = new Set<string>();
  /** What ended runs left goes before anything comes: it may fill the disk. */
  const makeRoot = (): void => {
    if (made.has(root)) return;
    makeFolder(root);
    if (joined === undefined) removeStale(root, id);
    made.add(root);
  };
  return {
    id,
    async add(files) {
      if (files.length === 0) return;
      makeRoot();
      if (!made.has(staging)) attempt('write in', root, () => makeOne(staging, PRIVATE));
      made.add(staging);
      for (const { path, text } of files) stageFile({ root, staging, made }, path, text);
    },
    async drop(paths) {
      for (const path of paths) remove(staging, path);
    },
    async commit({ writes, deletes }) {
      checkTargets(root, { writes, deletes });
      makeRoot();
      if (writes.length <= FSYNC_MAX) for (const path of writes) force({ root, staging }, path);
      for (const path of movesOf(root, writes)) {
        attempt('write', join(root, path), () => moveInto(join(root, path), join(staging, path)));
      }
      for (const path of deletes) remove(root, path);
    },
    async discard() {
      attempt('delete', staging, () => rmSync(staging, { recursive: true, force: true }));
      if (joined === undefined && !made.has(root) && existsSync(root)) removeStale(root, id);
      removeEmpty(above);
    },
  };
}

interface Staging {
  readonly root: string;
  readonly staging: string;
}

function stageFile(
  { root, staging, made }: Staging & { readonly made: Set<string> },
  path: string,
  text: string,
): void {
  const place = absolute(root, path);
  if (place === root) throw rootRefused();
  const staged = join(staging, path);
  const folder = dirname(staged);
  if (!made.has(folder)) makeFolder(folder);
  made.add(folder);
  attempt('write', place, () => writeFileSync(staged, text));
}

function force({ root, staging }: Staging, path: string): void {
  attempt('write', join(root, path), () => {
    const file = openSync(join(staging, path), 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** Finds what would stop the writing half-way before the first file is touched. */
function checkTargets(root: string, { writes, deletes }: StagedChange): void {
  const known = new Set(['']);
  for (const path of writes) {
    const { obstacle, stat } = lookAt(root, path, known);
    if (obstacle !== undefined)
      throw diskError({ code: 'ENOTDIR' }, 'write below', join(root, obstacle.path));
    if (stat?.isSymbolicLink()) throw linkRefused(path);
  }
  // Deleting asks for less: what is below a file is not there, and of a link the link alone goes.
  for (const path of deletes) lookAt(root, path, known);
}

/** What is in the way and in the place of a file; refuses what neither writing nor deleting gets past. */
function lookAt(root: string, path: string, known: Set<string>) {
  const place = absolute(root, path);
  if (place === root) throw rootRefused();
  const obstacle = obstacleOf(root, path, known);
  if (obstacle?.link) throw linkRefused(obstacle.path);
  // Of a first run nearly all goes to folders that are not there yet.
  const stat = known.has(folderOf(path)) ? lstatOf(place) : undefined;
  if (stat?.isDirectory()) throw diskError({ code: 'EISDIR' }, 'write', place);
  return { obstacle, stat };
}

function rootRefused(): GitopsError {
  return new GitopsError('refused', 'the config repo itself is no file');
}

/**
 * What to move. A folder that is not there yet is moved whole, which for a first run is one move instead of thousands;
 * so all that lies staged in it must be among the paths.
 */
function movesOf(root: string, paths: readonly string[]): ReadonlySet<string> {
  const seen: Seen = { there: new Set(), missing: new Set() };
  return new Set(paths.map((path) => firstMissing(root, path, seen) ?? path));
}

/** A folder that another run has made meanwhile takes what is moved one by one. */
function moveInto(place: string, from: string): void {
  try {
    renameSync(from, place);
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST') || !statSync(from).isDirectory()) throw error;
    for (const name of readdirSync(from)) moveInto(join(place, name), join(from, name));
  }
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
function makeOne(folder: string, mode = 0o777): boolean {
  try {
    mkdirSync(folder, mode);
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

/** The folders that stand in for the root as long as it is not there: itself and those above it, the deepest first. */
function missingAbove(root: string): readonly string[] {
  const missing: string[] = [];
  for (let folder = root; !existsSync(folder); folder = dirname(folder)) missing.push(folder);
  return missing;
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder);
    } catch {
      return; // In use by now, or never made.
    }
  }
}

/** Removes what runs that were killed left behind. */
function removeStale(root: string, own: string): void {
  for (const name of staleStagings(
    attempt('list', root, () => readdirSync(root)),
    root,
  )) {
    if (name === own) continue;
    attempt('delete', join(root, name), () => rmSync(join(root, name), { recursive: true, force: true }));
  }
}

function attempt<T>(what: string, place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw diskError(error, what, place);
  }
}
