import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import type { GitopsError } from '../../../src/errors.ts';

/** A folder of its own for each test, beside one that holds a secret. */
export interface TempRepo {
  readonly root: string;
  readonly outside: string;
  put(path: string, content?: string | Uint8Array): void;
  /** All folders and files below the root. */
  allOnDisk(): string[];
}

export function useTempRepo(): TempRepo {
  const made: string[] = [];
  const rootOf = (): string => join(made.at(-1) ?? '', 'repo');
  const outsideOf = (): string => join(made.at(-1) ?? '', 'outside');
  beforeEach(() => {
    made.push(mkdtempSync(join(tmpdir(), 'disk-files-')));
    mkdirSync(rootOf());
    mkdirSync(outsideOf());
    writeFileSync(join(outsideOf(), 'secret.yaml'), 'secret\n');
  });
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return {
    get root() {
      return rootOf();
    },
    get outside() {
      return outsideOf();
    },
    put(path, content = `${path}\n`) {
      mkdirSync(dirname(join(rootOf(), path)), { recursive: true });
      writeFileSync(join(rootOf(), path), content);
    },
    allOnDisk: () => readdirSync(rootOf(), { recursive: true, encoding: 'utf8' }).sort(),
  };
}

export async function errorOf(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  return promise.then(
    (value) => ({ code: 'no error', text: JSON.stringify(value) }),
    (error: GitopsError) => ({ code: error.code, text: `${error.message} (${error.hint})` }),
  );
}
