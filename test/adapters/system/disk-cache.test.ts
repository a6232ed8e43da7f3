import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
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

  test('forgets what nobody has written for a month, and what a killed run left half', () => {
    const cache = diskCache({ XDG_CACHE_HOME: home });
    const folder = join(home, 'toolforge-gitops');
    for (const name of ['old', 'new', 'a.new']) cache.write(name, 'text');
    const longAgo = Date.now() / 1000 - 31 * 24 * 3600;
    utimesSync(join(folder, 'old'), longAgo, longAgo);
    cache.write('a', 'whole');
    expect(readdirSync(folder).sort()).toEqual(['a', 'new']);
    expect(cache.read('a')).toBe('whole');
  });

  test('does not wait for a pipe', () => {
    mkdirSync(join(home, 'toolforge-gitops'));
    execFileSync('mkfifo', [join(home, 'toolforge-gitops', 'pipe')]);
    expect(diskCache({ XDG_CACHE_HOME: home }).read('pipe')).toBeUndefined();
  });

  test('is nowhere for a relative home', () => {
    const before = process.env.HOME;
    process.env.HOME = 'relative';
    try {
      diskCache({ XDG_CACHE_HOME: 'relative' }).write('a', 'one');
    } finally {
      process.env.HOME = before;
    }
    expect(existsSync('relative')).toBe(false);
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
