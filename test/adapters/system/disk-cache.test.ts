import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diskCache } from '../../../src/adapters/system/disk-cache.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gitops-cache-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a cache on disk', () => {
  test('keeps a text for this user alone, and nothing else beside it', () => {
    const cache = diskCache({ XDG_CACHE_HOME: home });
    expect(cache.read('a')).toBeUndefined();
    cache.write('a', 'one');
    cache.write('a', 'two');
    expect(diskCache({ XDG_CACHE_HOME: home }).read('a')).toBe('two');
    expect(readdirSync(join(home, 'toolforge-gitops'))).toEqual(['a']);
    expect(statSync(join(home, 'toolforge-gitops')).mode & 0o777).toBe(0o700);
    expect(statSync(join(home, 'toolforge-gitops', 'a')).mode & 0o777).toBe(0o600);
  });

  test('that cannot be written is no failure, and leaves what was there', () => {
    writeFileSync(join(home, 'file'), '');
    const nowhere = diskCache({ XDG_CACHE_HOME: join(home, 'file') });
    nowhere.write('a', 'one');
    expect(nowhere.read('a')).toBeUndefined();
    mkdirSync(join(home, 'toolforge-gitops', 'taken'), { recursive: true });
    const cache = diskCache({ XDG_CACHE_HOME: home });
    cache.write('taken', 'one');
    expect(cache.read('taken')).toBeUndefined();
    expect(readdirSync(join(home, 'toolforge-gitops'))).toEqual(['taken']);
  });
});
