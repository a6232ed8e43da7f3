import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Cache } from '../../ports/cache.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What nobody has written for so long belongs to a folder that is no more. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

/** Files in the user's cache folder, for that user alone. Whatever keeps them from being read or written is no matter. */
export function diskCache(env: Env): Cache {
  return {
    read(name) {
      try {
        const place = join(folderOf(env), name);
        // A pipe would be waited for.
        return statSync(place).isFile() ? readFileSync(place, 'utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    write(name, text) {
      try {
        replace(folderOf(env), name, text);
      } catch {
        // Then the next run does the work again.
      }
    },
  };
}

/** By the XDG Base Directory Specification, which has a relative path ignored. Throws for a user without a home. */
function folderOf({ XDG_CACHE_HOME: named = '' }: Env): string {
  const cache = isAbsolute(named) ? named : join(homedir(), '.cache');
  if (!isAbsolute(cache)) throw new Error('the home folder is a relative path');
  return join(cache, 'toolforge-gitops');
}

/** Whole or not at all, whenever it is interrupted; what another run writes meanwhile may be what is kept. */
function replace(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOld(folder);
  const staged = join(folder, `${name}.new`);
  try {
    writeFileSync(staged, text, { mode: 0o600 });
    renameSync(staged, join(folder, name));
  } catch (error) {
    rmSync(staged, { force: true });
    throw error;
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const place = join(folder, name);
    if (Date.now() - statSync(place).mtimeMs > KEPT_MS) rmSync(place, { force: true });
  }
}
