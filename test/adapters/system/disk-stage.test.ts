import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diskFiles } from '../../../src/adapters/system/disk-files.ts';
import type { FileChange } from '../../../src/model/change.ts';
import type { Files } from '../../../src/ports/files.ts';
import { errorOf, useTempRepo } from './temp-repo.ts';

const repo = useTempRepo();

/** Stages and commits; `undefined` deletes. */
async function write(files: Files, changes: readonly FileChange[]): Promise<void> {
  const texts = changes.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  const deletes = changes.filter(({ text }) => text === undefined).map(({ path }) => path);
  const stage = files.stage();
  try {
    await stage.add(texts);
    await stage.commit({ writes: texts.map(({ path }) => path), deletes });
  } finally {
    await stage.discard();
  }
}

const text = (path: string) => ({ path, text: `new ${path}\n` });
const fileNames = () => repo.allOnDisk().filter((path) => path.endsWith('.yaml'));

describe('writing', () => {
  test('adds, replaces and deletes; folders that this empties go', async () => {
    for (const path of ['keep.yaml', 'old.yaml', 'gone/deep/x.yaml', 'half/x.yaml', 'half/y.yaml'])
      repo.put(path);
    await write(diskFiles(repo.root), [
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
    const error = await errorOf(write(files, [{ path: 'a.yaml', text: 'x' }]));
    expect(error.text).toContain('cannot make the folder /proc/never/there: ENOENT');
  });

  test('a file where the folder is to be is told', async () => {
    repo.put('file');
    const error = await errorOf(write(diskFiles(join(repo.root, 'file')), [{ path: 'a.yaml', text: 'x' }]));
    expect(error).toEqual({ code: 'filesystem', text: expect.stringContaining('move it away') });
  });

  test('makes the folder itself', async () => {
    await write(diskFiles(join(repo.root, 'new/repo')), [{ path: 'a/b.yaml', text: 'x' }]);
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
    expect(await errorOf(write(diskFiles(repo.root), writes))).toMatchObject({ code });
    expect(repo.allOnDisk()).toEqual(before);
    expect(readFileSync(join(repo.root, 'there.yaml'), 'utf8')).toBe('old\n');
    expect(readFileSync(join(repo.outside, 'secret.yaml'), 'utf8')).toBe('secret\n');
  });

  test('deleting a link removes the link alone, never below one', async () => {
    symlinkSync(join(repo.outside, 'secret.yaml'), join(repo.root, 'x.yaml'));
    symlinkSync(repo.outside, join(repo.root, 'y'));
    await write(diskFiles(repo.root), [{ path: 'x.yaml', text: undefined }]);
    expect(
      await errorOf(write(diskFiles(repo.root), [{ path: 'y/secret.yaml', text: undefined }])),
    ).toMatchObject({
      code: 'refused',
    });
    expect(readdirSync(repo.root)).toEqual(['y']);
    expect(existsSync(join(repo.outside, 'secret.yaml'))).toBe(true);
  });

  test('removes staging of runs that ended, not of one that runs or may run elsewhere', async () => {
    const prefix = '.toolforge-gitops-staging-';
    const here = diskFiles(repo.root).stage().id.slice(prefix.length).split('-')[1];
    const ended = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const running = process.ppid;
    const names = [
      `${ended}-${here}-a`,
      `${running}-${here}-b`,
      `${ended}-elsewhere-c`,
      `${ended}-elsewhere-d`,
    ];
    for (const name of names) repo.put(`${prefix}${name}/0`);
    const longAgo = Date.now() / 1000 - 2 * 24 * 3600;
    utimesSync(join(repo.root, `${prefix}${ended}-elsewhere-d`), longAgo, longAgo);
    // Even of a run that finds nothing to write.
    await diskFiles(repo.root).stage().discard();
    expect(readdirSync(repo.root).sort()).toEqual(
      [`${running}-${here}-b`, `${ended}-elsewhere-c`].map((name) => prefix + name).sort(),
    );
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
          const stage = diskFiles(${JSON.stringify(repo.root)}).stage();
          await stage.add(writes);
          await stage.commit({ writes: writes.map(({ path }) => path), deletes: [] });
          await stage.discard();
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
      await write(diskFiles(repo.root), [{ path: 'out/0.yaml', text: '0'.repeat(5000) }]);
      expect(readdirSync(repo.root)).toEqual(['out']);
    }
  });
});

describe('staging', () => {
  test('puts nothing in its place before the commit, and nothing at all without one', async () => {
    repo.put('old.yaml');
    const stage = diskFiles(repo.root).stage();
    expect(readdirSync(repo.root)).toEqual(['old.yaml']);
    await stage.add([]);
    expect(readdirSync(repo.root)).toEqual(['old.yaml']);
    await stage.add([text('old.yaml'), text('a/b.yaml')]);
    expect(readdirSync(repo.root).sort()).toEqual([stage.id, 'old.yaml']);
    expect(await diskFiles(repo.root).listAll('')).toEqual(['old.yaml']);
    await stage.discard();
    expect(repo.allOnDisk()).toEqual(['old.yaml']);
    expect(readFileSync(join(repo.root, 'old.yaml'), 'utf8')).toBe('old.yaml\n');
  });

  test('takes back the folders that it made for itself', async () => {
    const stage = diskFiles(join(repo.root, 'new/repo')).stage();
    await stage.add([text('a/b.yaml')]);
    await stage.discard();
    expect(repo.allOnDisk()).toEqual([]);
  });

  test('is joined by its id; what was dropped stays out of a folder that is moved whole', async () => {
    const stage = diskFiles(repo.root).stage();
    const joined = diskFiles(repo.root).stage(stage.id);
    await joined.add([text('out/a/1.yaml'), text('out/b/1.yaml'), text('out/c.yaml')]);
    await stage.add([text('out/a/2.yaml'), text('out/b/2.yaml')]);
    await stage.drop(['out/b/1.yaml', 'out/b/2.yaml', 'out/c.yaml']);
    await stage.commit({ writes: ['out/a/1.yaml', 'out/a/2.yaml'], deletes: [] });
    await stage.discard();
    expect(repo.allOnDisk()).toEqual(['out', 'out/a', 'out/a/1.yaml', 'out/a/2.yaml']);
  });

  test('a folder that somebody else made meanwhile keeps what is in it', async () => {
    const stage = diskFiles(repo.root).stage();
    await stage.add([text('out/a/1.yaml'), text('out/b/1.yaml')]);
    repo.put('out/a/mine.yaml');
    await stage.commit({ writes: ['out/a/1.yaml', 'out/b/1.yaml'], deletes: [] });
    await stage.discard();
    expect(fileNames()).toEqual(['out/a/1.yaml', 'out/a/mine.yaml', 'out/b/1.yaml']);
  });

  test('a link that came into the way meanwhile is refused, with nothing moved', async () => {
    const stage = diskFiles(repo.root).stage();
    await stage.add([text('a.yaml'), text('out/secret.yaml')]);
    symlinkSync(repo.outside, join(repo.root, 'out'));
    const error = await errorOf(stage.commit({ writes: ['a.yaml', 'out/secret.yaml'], deletes: [] }));
    await stage.discard();
    expect(error.code).toBe('refused');
    expect(readdirSync(repo.root)).toEqual(['out']);
    expect(readFileSync(join(repo.outside, 'secret.yaml'), 'utf8')).toBe('secret\n');
  });

  const path = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
    .chain((folders) => fc.constantFrom('1', '2').map((name) => [...folders, `${name}.yaml`].join('/')));
  const paths = fc.uniqueArray(path, { maxLength: 8 });

  test('whatever is there, added by whom, dropped and deleted, just that is there after', async () => {
    await fc.assert(
      fc.asyncProperty(paths, paths, paths, paths, paths, async (there, ours, theirs, dropped, deleted) => {
        for (const name of readdirSync(repo.root)) rmSync(join(repo.root, name), { recursive: true });
        for (const each of there) repo.put(each);
        const added = [...new Set([...ours, ...theirs])];
        const writes = added.filter((each) => !dropped.includes(each));
        const deletes = deleted.filter((each) => !writes.includes(each));
        const stage = diskFiles(repo.root).stage();
        await stage.add(ours.map(text));
        await diskFiles(repo.root)
          .stage(stage.id)
          .add(theirs.filter((each) => !ours.includes(each)).map(text));
        await stage.drop(added.filter((each) => dropped.includes(each)));
        await stage.commit({ writes, deletes });
        await stage.discard();
        const expected = new Map([
          ...there.filter((each) => !deletes.includes(each)).map((each) => [each, `${each}\n`] as const),
          ...writes.map((each) => [each, text(each).text] as const),
        ]);
        const found = fileNames().map((each) => [each, readFileSync(join(repo.root, each), 'utf8')] as const);
        expect(new Map(found)).toEqual(new Map([...expected].sort()));
        const folders = repo.allOnDisk().filter((each) => !each.endsWith('.yaml'));
        expect(
          folders.filter((folder) => !fileNames().some((each) => each.startsWith(`${folder}/`))),
        ).toEqual([]);
      }),
    );
  });
});
