import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskFiles } from '../../../src/adapters/system/disk-files.ts';
import { errorOf, useTempRepo } from './temp-repo.ts';

const repo = useTempRepo();

describe('reading', () => {
  test('texts, to the byte, and undefined for what is not there', async () => {
    repo.put('tools-config/a/toolforge.yaml', '\ufeffäöü 😀\r\nno end');
    repo.put('empty.yaml', '');
    const files = diskFiles(repo.root);
    expect(await files.read('tools-config/a/toolforge.yaml')).toBe('\ufeffäöü 😀\r\nno end');
    expect(await files.read('empty.yaml')).toBe('');
    expect(await files.read('nothing.yaml')).toBeUndefined();
    expect(await files.read('empty.yaml/below')).toBeUndefined();
    expect(await diskFiles(join(repo.root, 'nowhere')).read('a.yaml')).toBeUndefined();
  });

  test.each([
    ['a folder', () => mkdirSync(join(repo.root, 'x.yaml')), 'filesystem', 'is a folder'],
    [
      'a pipe that nobody writes to',
      () => execFileSync('mkfifo', [join(repo.root, 'x.yaml')]),
      'filesystem',
      'no plain file',
    ],
    [
      'binary content',
      () => repo.put('x.yaml', Uint8Array.of(0x66, 0xff, 0xfe, 0x00)),
      'filesystem',
      'not UTF-8 text',
    ],
    ['a cut character', () => repo.put('x.yaml', Uint8Array.of(0x66, 0xc3)), 'filesystem', 'not UTF-8 text'],
    [
      'a link out',
      () => symlinkSync(join(repo.outside, 'secret.yaml'), join(repo.root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link within',
      () => {
        repo.put('y.yaml');
        symlinkSync('y.yaml', join(repo.root, 'x.yaml'));
      },
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link to itself',
      () => symlinkSync('x.yaml', join(repo.root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
    [
      'a link to nothing',
      () => symlinkSync('nowhere', join(repo.root, 'x.yaml')),
      'refused',
      'x.yaml is a symbolic link',
    ],
  ])('refuses %s', async (_, make, code, text) => {
    make();
    const error = await errorOf(diskFiles(repo.root).read('x.yaml'));
    expect(error.code).toBe(code);
    expect(error.text).toContain(text);
  });

  test('refuses a socket', async () => {
    const server = createServer().listen(join(repo.root, 'x.yaml'));
    await new Promise((done) => server.once('listening', done));
    expect(await errorOf(diskFiles(repo.root).read('x.yaml'))).toMatchObject({ code: 'filesystem' });
    server.close();
  });

  test('refuses a folder on the way that is a link, and names it', async () => {
    symlinkSync(repo.outside, join(repo.root, 'tools-config'));
    const files = diskFiles(repo.root);
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
    repo.put('.git/config');
    expect(await errorOf(diskFiles(repo.root).read(path))).toMatchObject({ code: 'refused' });
  });

  test.each([
    ['one byte a character', 'x'],
    ['two bytes', 'ä'],
    ['three bytes', '€'],
    ['four bytes', '😀'],
  ])('of a large file just so much that its size still tells: %s', async (_, character) => {
    repo.put('big.yaml', character.repeat(10 * 2 ** 20));
    repo.put('shifted.yaml', `-${character.repeat(10 * 2 ** 20)}`);
    for (const path of ['big.yaml', 'shifted.yaml']) {
      const text = await diskFiles(repo.root).read(path);
      const bytes = Buffer.byteLength(text ?? '');
      expect(bytes).toBeGreaterThan(256 * 1024);
      expect(bytes).toBeLessThanOrEqual(256 * 1024 + 4);
      expect(text).not.toContain('\ufffd');
    }
  });

  test('of a large rendered file all', async () => {
    repo.put('manifests-out/tools/a/web.yaml', 'x'.repeat(300_000));
    expect(await diskFiles(repo.root).read('manifests-out/tools/a/web.yaml')).toHaveLength(300_000);
  });

  test('an unreadable file is an error with its path and a remedy', async () => {
    repo.put('x.yaml');
    if (process.getuid?.() === 0) {
      // Root reads whatever the mode says, so a name that no file system takes stands in for it.
      const error = await errorOf(diskFiles(repo.root).read('n'.repeat(300)));
      expect(error).toMatchObject({ code: 'filesystem', text: expect.stringContaining('ENAMETOOLONG') });
      process.stdout.write('disk-files: running as repo.root, EACCES is not tried\n');
      return;
    }
    chmodSync(join(repo.root, 'x.yaml'), 0o000);
    const error = await errorOf(diskFiles(repo.root).read('x.yaml'));
    expect(error.code).toBe('filesystem');
    expect(error.text).toMatch(/cannot read .*x\.yaml: EACCES \(give the user/);
  });
});

describe('listing', () => {
  test('names and paths, sorted, without git and without what runs left behind', async () => {
    for (const path of ['b.yaml', 'a/y.yaml', 'a/x/1.yaml', 'a-b.yaml', '.git/config', 'a/.git/HEAD'])
      repo.put(path);
    repo.put('.toolforge-gitops-staging-1-abc/0');
    symlinkSync(repo.outside, join(repo.root, 'link'));
    mkdirSync(join(repo.root, 'void'));
    const files = diskFiles(repo.root);
    expect(await files.list('')).toEqual(['a-b.yaml', 'a/', 'b.yaml', 'link', 'void/']);
    expect(await files.listAll('')).toEqual(['a-b.yaml', 'a/x/1.yaml', 'a/y.yaml', 'b.yaml', 'link']);
    expect(await files.listAll('a')).toEqual(['a/x/1.yaml', 'a/y.yaml']);
    expect(await files.list('b.yaml')).toEqual([]);
    expect(await files.list('none')).toEqual([]);
    expect(await files.listAll('none/none')).toEqual([]);
  });

  test('tells what a path is', async () => {
    repo.put('a/b.yaml');
    execFileSync('mkfifo', [join(repo.root, 'pipe')]);
    symlinkSync('a', join(repo.root, 'link'));
    const files = diskFiles(repo.root);
    const kinds = await Promise.all(
      ['', 'a', 'a/b.yaml', 'a/b.yaml/c', 'pipe', 'link', 'none'].map((path) => files.kind(path)),
    );
    expect(kinds).toEqual(['folder', 'folder', 'file', undefined, 'other', 'link', undefined]);
    expect(await diskFiles(join(repo.root, 'none')).kind('')).toBeUndefined();
  });
});
