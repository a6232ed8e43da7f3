import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { diskFiles } from '../../../src/adapters/system/disk-files.ts';
import type { GitopsError } from '../../../src/errors.ts';

const made: string[] = [];
let root = '';
let outside = '';

beforeEach(() => {
  const base = mkdtempSync(join(tmpdir(), 'disk-files-'));
  made.push(base);
  root = join(base, 'repo');
  outside = join(base, 'outside');
  mkdirSync(root);
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret.yaml'), 'secret\n');
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function put(path: string, content: string | Uint8Array = `${path}\n`): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function allOnDisk(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
}

async function errorOf(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  return promise.then(
    (value) => ({ code: 'no error', text: JSON.stringify(value) }),
    (error: GitopsError) => ({ code: error.code, text: `${error.message} (${error.hint})` }),
  );
}

describe('reading', () => {
  test('texts, to the byte, and undefined for what is not there', async () => {
    put('tools-config/a/toolforge.yaml', '\ufeffäöü 😀\r\nno end');
    put('empty.yaml', '');
    const files = diskFiles(root);
    expect(await files.read('tools-config/a/toolforge.yaml')).toBe('\ufeffäöü 😀\r\nno end');
    expect(await files.read('empty.yaml')).toBe('');
    expect(await files.read('nothing.yaml')).toBeUndefined();
    expect(await files.read('empty.yaml/below')).toBeUndefined();
    expect(await diskFiles(join(root, 'nowhere')).read('a.yaml')).toBeUndefined();
  });

  test.each([
    ['a folder', () => mkdirSync(join(root, 'x.yaml')), 'filesystem', 'is a folder'],
    [
      'a pipe that nobody writes to',
      () => execFileSync('mkfifo', [join(root, 'x.yaml')]),
      'filesystem',
      'no plain file',
    ],
    [
      'binary content',
      () => put('x.yaml', Uint8Array.of(0x66, 0xff, 0xfe, 0x00)),
      'filesystem',
      'not UTF-8 text',
    ],
    ['a cut character', () => put('x.yaml', Uint8Array.of(0x66, 0xc3)), 'filesystem', 'not UTF-8 text'],
    [
      'a link out',
      () => symlinkSync(join(outside, 'secret.yaml'), join(root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link within',
      () => {
        put('y.yaml');
        symlinkSync('y.yaml', join(root, 'x.yaml'));
      },
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link to itself',
      () => symlinkSync('x.yaml', join(root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link to nothing',
      () => symlinkSync('nowhere', join(root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
  ])('refuses %s', async (_, make, code, text) => {
    make();
    const error = await errorOf(diskFiles(root).read('x.yaml'));
    expect(error.code).toBe(code);
    expect(error.text).toContain(text);
  });

  test('refuses a socket', async () => {
    const server = createServer().listen(join(root, 'x.yaml'));
    await new Promise((done) => server.once('listening', done));
    expect(await errorOf(diskFiles(root).read('x.yaml'))).toMatchObject({ code: 'filesystem' });
    server.close();
  });

  test('refuses a folder on the way that is a link, and names it', async () => {
    symlinkSync(outside, join(root, 'tools-config'));
    const files = diskFiles(root);
    for (const action of [
      files.read('tools-config/secret.yaml'),
      files.read('tools-config/none/none.yaml'),
      files.list('tools-config'),
      files.listAll('tools-config'),
    ]) {
      const error = await errorOf(action);
      expect(error.code).toBe('refused');
      expect(error.text).toContain('tools-config is a symbolic link');
    }
    expect(await files.kind('tools-config/secret.yaml')).toBe('link');
  });

  test.each([
    '../outside/secret.yaml',
    '/etc/passwd',
    'a/../../outside/secret.yaml',
    'a\0b',
    '.git/config',
    'a//b',
  ])('refuses the path %j', async (path) => {
    put('.git/config');
    expect(await errorOf(diskFiles(root).read(path))).toMatchObject({ code: 'refused' });
  });

  test.each([
    ['one byte a character', 'x'],
    ['two bytes', 'ä'],
    ['three bytes', '€'],
    ['four bytes', '😀'],
  ])('of a large file just so much that its size still tells: %s', async (_, character) => {
    put('big.yaml', character.repeat(10 * 2 ** 20));
    put('shifted.yaml', `-${character.repeat(10 * 2 ** 20)}`);
    for (const path of ['big.yaml', 'shifted.yaml']) {
      const text = await diskFiles(root).read(path);
      const bytes = Buffer.byteLength(text ?? '');
      expect(bytes).toBeGreaterThan(256 * 1024);
      expect(bytes).toBeLessThanOrEqual(256 * 1024 + 4);
      expect(text).not.toContain('\ufffd');
    }
  });

  test('of a large rendered file all', async () => {
    put('manifests-out/tools/a/web.yaml', 'x'.repeat(300_000));
    expect(await diskFiles(root).read('manifests-out/tools/a/web.yaml')).toHaveLength(300_000);
  });

  test('an unreadable file is an error with its path and a remedy', async () => {
    put('x.yaml');
    if (process.getuid?.() === 0) {
      // Root reads whatever the mode says, so a name that no file system takes stands in for it.
      const error = await errorOf(diskFiles(root).read('n'.repeat(300)));
      expect(error).toMatchObject({ code: 'filesystem', text: expect.stringContaining('ENAMETOOLONG') });
      process.stdout.write('disk-files: running as root, EACCES is not tried\n');
      return;
    }
    chmodSync(join(root, 'x.yaml'), 0o000);
    const error = await errorOf(diskFiles(root).read('x.yaml'));
    expect(error.code).toBe('filesystem');
    expect(error.text).toMatch(/cannot read .*x\.yaml: EACCES \(give the user/);
  });
});

describe('listing', () => {
  test('names and paths, sorted, without git and without what runs left behind', async () => {
    for (const path of ['b.yaml', 'a/y.yaml', 'a/x/1.yaml', 'a-b.yaml', '.git/config', 'a/.git/HEAD'])
      put(path);
    put('.toolforge-gitops-staging-1-abc/0');
    symlinkSync(outside, join(root, 'link'));
    mkdirSync(join(root, 'void'));
    const files = diskFiles(root);
    expect(await files.list('')).toEqual(['a-b.yaml', 'a/', 'b.yaml', 'link', 'void/']);
    expect(await files.listAll('')).toEqual(['a-b.yaml', 'a/x/1.yaml', 'a/y.yaml', 'b.yaml', 'link']);
    expect(await files.listAll('a')).toEqual(['a/x/1.yaml', 'a/y.yaml']);
    expect(await files.list('b.yaml')).toEqual([]);
    expect(await files.list('none')).toEqual([]);
    expect(await files.listAll('none/none')).toEqual([]);
  });

  test('tells what a path is', async () => {
    put('a/b.yaml');
    execFileSync('mkfifo', [join(root, 'pipe')]);
    symlinkSync('a', join(root, 'link'));
    const files = diskFiles(root);
    const kinds = await Promise.all(
      ['', 'a', 'a/b.yaml', 'a/b.yaml/c', 'pipe', 'link', 'none'].map((path) => files.kind(path)),
    );
    expect(kinds).toEqual(['folder', 'folder', 'file', undefined, 'other', 'link', undefined]);
    expect(await diskFiles(join(root, 'none')).kind('')).toBeUndefined();
  });
});

describe('writing', () => {
  test('adds, replaces and deletes; folders that this empties go', async () => {
    for (const path of ['keep.yaml', 'old.yaml', 'gone/deep/x.yaml', 'half/x.yaml', 'half/y.yaml']) put(path);
    await diskFiles(root).write([
      { path: 'gone/deep/x.yaml', text: undefined },
      { path: 'half/x.yaml', text: undefined },
      { path: 'never/was.yaml', text: undefined },
      { path: 'old.yaml', text: 'new ä\n' },
      { path: 'n/e/w.yaml', text: '' },
    ]);
    expect(allOnDisk()).toEqual(['half', 'half/y.yaml', 'keep.yaml', 'n', 'n/e', 'n/e/w.yaml', 'old.yaml']);
    expect(readFileSync(join(root, 'old.yaml'), 'utf8')).toBe('new ä\n');
  });

  test('makes the folder itself', async () => {
    await diskFiles(join(root, 'new/repo')).write([{ path: 'a/b.yaml', text: 'x' }]);
    expect(readFileSync(join(root, 'new/repo/a/b.yaml'), 'utf8')).toBe('x');
  });

  test.each<[string, () => void, string, string]>([
    ['below a linked folder', () => symlinkSync(outside, join(root, 'x')), 'x/secret.yaml', 'refused'],
    [
      'over a link',
      () => symlinkSync(join(outside, 'secret.yaml'), join(root, 'x.yaml')),
      'x.yaml',
      'refused',
    ],
    ['over a folder', () => put('x.yaml/a'), 'x.yaml', 'filesystem'],
    ['below a file', () => put('x'), 'x/y/z.yaml', 'filesystem'],
    ['outside', () => undefined, '../outside/secret.yaml', 'refused'],
    ['to an absolute path', () => undefined, '/tmp/x.yaml', 'refused'],
    ['into .git', () => put('.git/config'), '.git/config', 'refused'],
    ['to the folder itself', () => undefined, '', 'refused'],
  ])('refuses to write %s, and writes nothing', async (_, make, path, code) => {
    put('there.yaml', 'old\n');
    make();
    const before = allOnDisk();
    const writes = [
      { path: 'there.yaml', text: 'new\n' },
      { path, text: 'x\n' },
    ];
    expect(await errorOf(diskFiles(root).write(writes))).toMatchObject({ code });
    expect(allOnDisk()).toEqual(before);
    expect(readFileSync(join(root, 'there.yaml'), 'utf8')).toBe('old\n');
    expect(readFileSync(join(outside, 'secret.yaml'), 'utf8')).toBe('secret\n');
  });

  test('deleting a link removes the link alone, never below one', async () => {
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'x.yaml'));
    symlinkSync(outside, join(root, 'y'));
    await diskFiles(root).write([{ path: 'x.yaml', text: undefined }]);
    expect(await errorOf(diskFiles(root).write([{ path: 'y/secret.yaml', text: undefined }]))).toMatchObject({
      code: 'refused',
    });
    expect(readdirSync(root)).toEqual(['y']);
    expect(existsSync(join(outside, 'secret.yaml'))).toBe(true);
  });

  test('removes staging of a process that is no more, not that of one that runs', async () => {
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    put(`.toolforge-gitops-staging-${ended}-abc/0`);
    put(`.toolforge-gitops-staging-${process.ppid}-abc/0`);
    await diskFiles(root).write([{ path: 'a.yaml', text: 'a' }]);
    expect(readdirSync(root).sort()).toEqual([`.toolforge-gitops-staging-${process.ppid}-abc`, 'a.yaml']);
  });

  test('killed at any moment, each file is whole and the next run ends clean', async () => {
    const source = fileURLToPath(new URL('../../../src/adapters/system/disk-files.ts', import.meta.url));
    const module = join(dirname(root), 'disk-files.mjs');
    buildSync({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', outfile: module });
    for (const delay of [1, 5, 15, 40]) {
      const script = `
        const { diskFiles } = await import(${JSON.stringify(module)});
        process.stdout.write('ready\\n');
        for (let round = 0; ; round += 1) {
          const text = String(round % 10).repeat(5000);
          const writes = Array.from({ length: 200 }, (_, index) => ({ path: 'out/' + index + '.yaml', text }));
          await diskFiles(${JSON.stringify(root)}).write(writes);
        }`;
      const child = execFile(process.execPath, ['--input-type=module', '-e', script]);
      await new Promise((done) => child.stdout?.once('data', done));
      await new Promise((done) => setTimeout(done, delay));
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      for (const name of existsSync(join(root, 'out')) ? readdirSync(join(root, 'out')) : []) {
        expect(readFileSync(join(root, 'out', name), 'utf8')).toMatch(/^(\d)\1{4999}$/);
      }
      await diskFiles(root).write([{ path: 'out/0.yaml', text: '0'.repeat(5000) }]);
      expect(readdirSync(root)).toEqual(['out']);
    }
  });
});
