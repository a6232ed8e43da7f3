import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pid } from 'node:process';
import type { Cache } from '../../ports/cache.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Files in the user's cache folder, for that user alone. Whatever keeps them from being read or written is no matter. */
export function diskCache(env: Env): Cache {
  return {
    read(name) {
      try {
        return readFileSync(join(folderOf(env), name), 'utf8');
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
  return join(isAbsolute(named) ? named : join(homedir(), '.cache'), 'toolforge-gitops');
}

/** Whole or not at all, whenever it is interrupted. */
function replace(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const staged = join(folder, `${name}.${pid}`);
  try {
    writeFileSync(staged, text, { mode: 0o600 });
    renameSync(staged, join(folder, name));
  } finally {
    rmSync(staged, { force: true });
  }
}
