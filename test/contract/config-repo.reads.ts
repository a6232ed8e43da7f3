import { expect, test } from 'vitest';
import { changeOf, land, optionsOf, SEED, type Seeded } from './config-repo.world.ts';

const NO_FILES = [
  '../cdk8s.yaml',
  '/etc/passwd',
  'tools-config/../cdk8s.yaml',
  './cdk8s.yaml',
  '.git/config',
  '',
  'a\0b',
  'a\nb',
  '-p',
  '--help',
  ':(glob)**',
  'HEAD:cdk8s.yaml',
];

export function readingTests(seeded: Seeded): void {
  test('reads files in the order asked, undefined for what is no file', async () => {
    const head = await (await seeded()).open().head();
    const paths = [
      'tools-config/platform.yaml',
      'nothing.yaml',
      'tools-config/hello',
      'tools-config/hello/toolforge.yaml',
      'cdk8s.yaml/below-a-file',
      'cdk8s.yaml',
      'cdk8s.yaml',
    ];
    const [platform, , , hello, , cdk8s, again] = await head.read(paths);
    expect(await head.read(paths)).toEqual([platform, undefined, undefined, hello, undefined, cdk8s, again]);
    expect([platform, hello, cdk8s, again]).toEqual([
      SEED['tools-config/platform.yaml'],
      SEED['tools-config/hello/toolforge.yaml'],
      SEED['cdk8s.yaml'],
      SEED['cdk8s.yaml'],
    ]);
    expect(await head.read([])).toEqual([]);
  });

  test('reads nothing where no file of the repo can be', async () => {
    const head = await (await seeded()).open().head();
    expect(await head.read(NO_FILES)).toEqual(NO_FILES.map(() => undefined));
  });

  test('lists a folder, and all files below one', async () => {
    const head = await (await seeded()).open().head();
    expect(await head.list('')).toEqual(['cdk8s.yaml', 'manifests-out/', 'tools-config/']);
    expect(await head.list('tools-config')).toEqual(['bot/', 'hello/', 'platform.yaml']);
    expect(await head.list('tools-config/hello')).toEqual(['images.yaml', 'toolforge.yaml']);
    expect(await head.list('tools-config/none')).toEqual([]);
    expect(await head.list('cdk8s.yaml')).toEqual([]);
    expect(await head.list('../..')).toEqual([]);
    const all = Object.keys(SEED).sort();
    expect(await head.listAll('')).toEqual(all);
    expect(await head.listAll('tools-config')).toEqual(
      all.filter((path) => path.startsWith('tools-config/')),
    );
    expect(await head.listAll('none')).toEqual([]);
    expect(await head.listAll('cdk8s.yaml')).toEqual([]);
  });

  test('a snapshot stays what it was', async () => {
    const world = await seeded();
    const reader = world.open();
    const before = await reader.head();
    await land(world.open(), { 'cdk8s.yaml': 'new\n', 'more.txt': 'more\n' });
    expect(await before.read(['cdk8s.yaml', 'more.txt'])).toEqual([SEED['cdk8s.yaml'], undefined]);
    expect(await before.list('')).not.toContain('more.txt');
    expect(await (await reader.head()).read(['cdk8s.yaml', 'more.txt'])).toEqual(['new\n', 'more\n']);
  });
}

export function historyTests(seeded: Seeded): void {
  test('log shows the commits that touched a path, newest first, up to a limit', async () => {
    const world = await seeded();
    const repo = world.open();
    await land(repo, { 'tools-config/hello/images.yaml': '1\n' }, 'first');
    await land(repo, { 'tools-config/bot/images.yaml': '1\n' }, 'other');
    const last = await land(repo, { 'tools-config/hello/images.yaml': '2\n' }, 'Größer: second');
    const log = await world.open().log('tools-config/hello', 2);
    expect(log.map(({ subject }) => subject)).toEqual(['Größer: second', 'first']);
    expect(log[0]).toMatchObject({
      commit: last.commit,
      author: { name: 'Ålice Ümlaut', email: 'alice@example.org' },
      date: '2026-11-24T10:00:00Z',
    });
    expect(log[0]?.message).toMatch(/^Größer: second\n\nWhy\.\n\nTool: hello\nChange-Id: \w+\n$/);
    expect(await repo.log('tools-config/hello/images.yaml', 1)).toHaveLength(1);
    expect(await repo.log('tools-config/hello/toolforge.yaml', 10)).toHaveLength(1);
    expect(await repo.log('tools-config/none', 10)).toEqual([]);
  });

  test.each(['star*.yaml', 'st[a]r.yaml', ':(top)star.yaml'])(
    'log of %j is of that path alone',
    async (path) => {
      const world = await seeded();
      const repo = world.open();
      await land(repo, { 'starred.yaml': '1\n', 'star.yaml': '1\n' });
      await land(repo, { [path]: '1\n' }, 'mine');
      expect((await repo.log(path, 10)).map(({ subject }) => subject)).toEqual(['mine']);
    },
  );

  test('finds a landed commit by its change id, only after the base and only the real one', async () => {
    const world = await seeded();
    const repo = world.open();
    const base = await repo.head();
    const options = optionsOf();
    const landed = await repo.commit(base, changeOf({ 'a.txt': 'a\n' }), options);
    for (let round = 1; round <= 4; round += 1) await land(repo, { 'b.txt': `${round}\n` });
    const fake = changeOf({ 'c.txt': 'c\n' });
    const message = { ...fake.message, body: 'Change-Id: faked\n\nText.' };
    await repo.commit(await repo.head(), { ...fake, message }, optionsOf());
    const other = world.open();
    expect(await other.findLanded(base.commit, options.changeId)).toBe(landed.commit);
    expect(await other.findLanded(landed.commit, options.changeId)).toBeUndefined();
    expect(await other.findLanded(base.commit, 'never')).toBeUndefined();
    expect(await other.findLanded(base.commit, 'faked')).toBeUndefined();
  });
}
