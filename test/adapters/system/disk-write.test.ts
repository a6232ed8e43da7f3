import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { diskFiles } from '../../../src/adapters/system/disk-files.ts';
import { errorOf, useTempRepo } from './temp-repo.ts';

const repo = useTempRepo();

describe('writing', () => {
  test('adds, replaces and deletes; folders that this empties go', async () => {
    for (const path of ['keep.yaml', 'old.yaml', 'gone/deep/x.yaml', 'half/x.yaml', 'half/y.yaml'])
      repo.put(path);
    await diskFiles(repo.root).write([
      { path: 'gone/deep/x.yaml', text: undefined },
      { path: 'half/x.yaml', text: undefined },
      { path: 'never/was.yaml', text: undefined },
      { path: 'old.yaml', text: 'new ä\n' },
      { path: 'n/e/w.yaml', text: '' },
    ]);
    expect(repo.allOnDisk()).toEqual([
      'half',
      'half/y.yaml',
      'keep.yaml',
      'n',
      'n/e',
      'n/e/w.yaml',
      'old.yaml',
    ]);
    expect(readFileSync(join(repo.root, 'old.yaml'), 'utf8')).toBe('new ä\n');
  });

  test.runIf(existsSync('/proc/self'))('where the system allows no folder, it says so', async () => {
    const files = diskFiles('/proc/never/there');
    const error = await errorOf(files.write([{ path: 'a.yaml', text: 'x' }]));
    expect(error.text).toContain('cannot make the folder /proc/never/there: ENOENT');
  });

  test('a file where the folder is to be is told', async () => {
    repo.put('file');
    const error = await errorOf(diskFiles(join(repo.root, 'file')).write([{ path: 'a.yaml', text: 'x' }]));
    expect(error).toEqual({ code: 'filesystem', text: expect.stringContaining('move it away') });
  });

  test('makes the folder itself', async () => {
    await diskFiles(join(repo.root, 'new/repo')).write([{ path: 'a/b.yaml', text: 'x' }]);
    expect(readFileSync(join(repo.root, 'new/repo/a/b.yaml'), 'utf8')).toBe('x');
  });

  test.each<[string, () => void, string, string]>([
    [
      'below a linked folder',
      () => symlinkSync(repo.outside, join(repo.root, 'x')),
      'x/secret.yaml',
      'refused',
    ],
    [
      'over a link',
      () => symlinkSync(join(repo.outside, 'secret.yaml'), join(repo.root, 'x.yaml')),
      'x.yaml',
      'refused',
    ],
    ['over a folder', () => repo.put('x.yaml/a'), 'x.yaml', 'filesystem'],
    ['below a file', () => repo.put('x'), 'x/y/z.yaml', 'filesystem'],
    ['outside', () => undefined, '../outside/secret.yaml', 'refused'],
    ['to an absolute path', () => undefined, '/tmp/x.yaml', 'refused'],
    ['into .git', () => repo.put('.git/config'), '.git/config', 'refused'],
    ['to the folder itself', () => undefined, '', 'refused'],
  ])('refuses to write %s, and writes nothing', async (_, make, path, code) => {
    repo.put('there.yaml', 'old\n');
    make();
    const before = repo.allOnDisk();
    const writes = [
      { path: 'there.yaml', text: 'new\n' },
      { path, text: 'x\n' },
    ];
    expect(await errorOf(diskFiles(repo.root).write(writes))).toMatchObject({ code });
    expect(repo.allOnDisk()).toEqual(before);
    expect(readFileSync(join(repo.root, 'there.yaml'), 'utf8')).toBe('old\n');
    expect(readFileSync(join(repo.outside, 'secret.yaml'), 'utf8')).toBe('secret\n');
  });

  test('deleting a link removes the link alone, never below one', async () => {
    symlinkSync(join(repo.outside, 'secret.yaml'), join(repo.root, 'x.yaml'));
    symlinkSync(repo.outside, join(repo.root, 'y'));
    await diskFiles(repo.root).write([{ path: 'x.yaml', text: undefined }]);
    expect(
      await errorOf(diskFiles(repo.root).write([{ path: 'y/secret.yaml', text: undefined }])),
    ).toMatchObject({
      code: 'refused',
    });
    expect(readdirSync(repo.root)).toEqual(['y']);
    expect(existsSync(join(repo.outside, 'secret.yaml'))).toBe(true);
  });

  test('removes staging of a process that is no more, not that of one that runs', async () => {
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    repo.put(`.toolforge-gitops-staging-${ended}-abc/0`);
    repo.put(`.toolforge-gitops-staging-${process.ppid}-abc/0`);
    await diskFiles(repo.root).write([{ path: 'a.yaml', text: 'a' }]);
    expect(readdirSync(repo.root).sort()).toEqual([
      `.toolforge-gitops-staging-${process.ppid}-abc`,
      'a.yaml',
    ]);
  });

  test('killed at any moment, each file is whole and the next run ends clean', async () => {
    const source = fileURLToPath(new URL('../../../src/adapters/system/disk-files.ts', import.meta.url));
    const module = join(dirname(repo.root), 'disk-files.mjs');
    buildSync({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', outfile: module });
    for (const delay of [1, 5, 15, 40]) {
      const script = `
        const { diskFiles } = await import(${JSON.stringify(module)});
        process.stdout.write('ready\\n');
        for (let round = 0; ; round += 1) {
          const text = String(round % 10).repeat(5000);
          const writes = Array.from({ length: 200 }, (_, index) => ({ path: 'out/' + index + '.yaml', text }));
          await diskFiles(${JSON.stringify(repo.root)}).write(writes);
        }`;
      const child = execFile(process.execPath, ['--input-type=module', '-e', script]);
      await new Promise((done) => child.stdout?.once('data', done));
      await new Promise((done) => setTimeout(done, delay));
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      for (const name of existsSync(join(repo.root, 'out')) ? readdirSync(join(repo.root, 'out')) : []) {
        expect(readFileSync(join(repo.root, 'out', name), 'utf8')).toMatch(/^(\d)\1{4999}$/);
      }
      await diskFiles(repo.root).write([{ path: 'out/0.yaml', text: '0'.repeat(5000) }]);
      expect(readdirSync(repo.root)).toEqual(['out']);
    }
  });
});
