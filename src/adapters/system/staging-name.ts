import { randomBytes } from 'node:crypto';
import { readlinkSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { hash32 } from '../../model/hash.ts';
import { isCode } from './disk-path.ts';
import { STAGING_PREFIX } from './disk-read.ts';

/** Elsewhere nobody can tell whether a run still goes on; none takes so long. */
const LONGEST_MS = 24 * 3600 * 1000;

/** Says which process it is of, and where process numbers mean that: not in another container of the same work tree. */
export function newStagingName(): string {
  return `${STAGING_PREFIX}${pid}-${whereabouts()}-${randomBytes(6).toString('hex')}`;
}

/** Of the names in a folder those of runs that have ended, and this process's own. */
export function staleStagings(names: readonly string[], folder: string): readonly string[] {
  return names.filter((name) => name.startsWith(STAGING_PREFIX) && isStale(name, join(folder, name)));
}

function isStale(name: string, place: string): boolean {
  const [owner = '', where] = name.slice(STAGING_PREFIX.length).split('-');
  if (where === whereabouts()) return Number(owner) === pid || !isRunning(Number(owner));
  const made = statSync(place, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > LONGEST_MS;
}

function isRunning(owner: number): boolean {
  if (!Number.isSafeInteger(owner) || owner < 1) return false;
  try {
    return kill(owner, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** The machine, and on Linux the container, that process numbers are of. */
function whereabouts(): string {
  let space = '';
  try {
    space = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has such spaces.
  }
  return hash32(`${hostname()} ${space}`).toString(36);
}
