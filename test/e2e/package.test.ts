import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '../../src/version.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PACKAGE = join(ROOT, 'dist/package');

/** Installing a packed folder asks no registry, and must not. */
const env = {
  ...process.env,
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfg-package-'));
  execFileSync('node', ['scripts/package.mjs'], { cwd: ROOT, stdio: 'pipe' });
  execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: folder, env });
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('npm', ['install', '--silent', `./${archive}`], { cwd: folder, env, stdio: 'pipe' });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): string {
  return execFileSync('node_modules/.bin/toolforge-gitops', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

describe('the published package', () => {
  test('brings no dependency tree', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['toolforge-gitops']);
  });

  test('is the command, whole: it makes a config repo, checks it and renders it', () => {
    expect(run('--version').trim()).toBe(VERSION);
    run('init', 'config', '--quiet');
    expect(run('validate', '-C', 'config')).toContain('no problems found');
    expect(run('synth', '--check', '-C', 'config')).toContain('the output is what the specs say');
  });

  test('has every construct with its types', () => {
    const { exports } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
    const names = readdirSync(join(ROOT, 'constructs')).map((file) => file.replace('.ts', ''));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { types, default: code } = exports['./constructs/*'];
      const files = [types, code].map((pattern: string) => join(PACKAGE, pattern.replace('*', name)));
      expect(files.map((file) => existsSync(file))).toEqual([true, true]);
    }
  });

  test('has the version of package.json', () => {
    expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version).toBe(VERSION);
  });
});
