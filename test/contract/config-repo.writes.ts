import { expect, test } from 'vitest';
import { changeOf, codeOf, land, optionsOf, SEED, type Seeded } from './config-repo.world.ts';

const UNWRITABLE = [
  '../outside.yaml',
  '/etc/cron.d/x',
  'tools-config/../../x',
  'tools-config/./x',
  'a//b',
  'a/',
  '',
  '.git/hooks/post-receive',
  'tools-config/.GIT/config',
  'sub/git~1/config',
  '.g\u200cit/config',
  'a\\b',
  'nul\0.yaml',
  'line\nend.yaml',
  'half\ud800.yaml',
];

export function writingTests(seeded: Seeded, unwritable: readonly string[]): void {
  test('lands adds, changes and deletes in one commit', async () => {
    const world = await seeded();
    const repo = world.open();
    const head = await repo.head();
    const change = changeOf({
      'cdk8s.yaml': 'changed\n',
      'tools-config/new/deep/er/file.yaml': 'new\n',
      'tools-config/bot/toolforge.yaml': undefined,
    });
    const landed = await repo.commit(head, change, optionsOf());
    expect(landed.parent).toBe(head.commit);
    const now = await world.open().head();
    expect(now.commit).toBe(landed.commit);
    expect(await now.listAll('')).toEqual([
      'cdk8s.yaml',
      'manifests-out/tools/hello/web.yaml',
      'tools-config/hello/images.yaml',
      'tools-config/hello/toolforge.yaml',
      'tools-config/new/deep/er/file.yaml',
      'tools-config/platform.yaml',
    ]);
    expect(await now.read(['cdk8s.yaml', 'tools-config/new/deep/er/file.yaml'])).toEqual([
      'changed\n',
      'new\n',
    ]);
    expect(await now.list('tools-config')).toEqual(['hello/', 'new/', 'platform.yaml']);
  });

  test('keeps every character of paths and texts', async () => {
    const every = {
      'ünï/日本 語/😀.yaml': 'ä€😀\r\n\ttab \u0000\u0001 no line end',
      'a b/"quoted".yaml': '',
      '-dash.yaml': '\ufeffbom\n',
      ':(top)x.yaml': 'data 3\nM 100644 inline x\n',
      "it's/$(id)`;&|.yaml": '\n\n',
      'star*?[x].yaml': 'x'.repeat(100_000),
    };
    const files = Object.fromEntries(Object.entries(every).filter(([path]) => !unwritable.includes(path)));
    const world = await seeded();
    await land(world.open(), files);
    const head = await world.open().head();
    expect(await head.read(Object.keys(files))).toEqual(Object.values(files));
    expect(await head.listAll('')).toEqual([...Object.keys(SEED), ...Object.keys(files)].sort());
    await land(world.open(), Object.fromEntries(Object.keys(files).map((path) => [path, undefined])));
    expect(await (await world.open().head()).listAll('')).toEqual(Object.keys(SEED).sort());
  });

  test('refuses to write outside of what a repo may hold, and writes nothing', async () => {
    const world = await seeded();
    const repo = world.open();
    const head = await repo.head();
    const codes: Record<string, string> = {};
    for (const path of UNWRITABLE) {
      const change = changeOf({ 'fine.yaml': 'fine\n', [path]: 'bad\n' });
      codes[path] = await codeOf(repo.commit(head, change, optionsOf()));
    }
    expect(codes).toEqual(Object.fromEntries(UNWRITABLE.map((path) => [path, 'refused'])));
    expect((await world.open().head()).commit).toBe(head.commit);
  });

  test('one commit after another on one adapter', async () => {
    const world = await seeded();
    const repo = world.open();
    for (let round = 1; round <= 3; round += 1) await land(repo, { 'n.txt': `${round}\n` });
    expect(await (await world.open().head()).read(['n.txt'])).toEqual(['3\n']);
    expect(await repo.log('n.txt', 10)).toHaveLength(3);
  });
}

export function racingTests(seeded: Seeded): void {
  test('a commit on an older head that touches the same file is stale', async () => {
    const world = await seeded();
    const [mine, theirs] = [world.open(), world.open()];
    const base = await mine.head();
    await land(theirs, { 'cdk8s.yaml': 'theirs\n' });
    const change = changeOf({ 'cdk8s.yaml': 'mine\n', 'also.yaml': 'x\n' });
    expect(await codeOf(mine.commit(base, change, optionsOf()))).toBe('stale-head');
    const now = await world.open().head();
    expect(await now.read(['cdk8s.yaml', 'also.yaml'])).toEqual(['theirs\n', undefined]);
  });

  test('a commit on an older head that touches other files is stale, or tells its real parent', async () => {
    const world = await seeded();
    const [mine, theirs] = [world.open(), world.open()];
    const base = await mine.head();
    const { commit: newer } = await land(theirs, { 'theirs.yaml': 'theirs\n' });
    const answer = await mine
      .commit(base, changeOf({ 'mine.yaml': 'mine\n' }), optionsOf())
      .catch((error) => error);
    const texts = await (await world.open().head()).read(['theirs.yaml', 'mine.yaml']);
    if (answer instanceof Error) {
      expect(answer).toMatchObject({ code: 'stale-head' });
      expect(texts).toEqual(['theirs\n', undefined]);
    } else {
      expect(answer).toMatchObject({ parent: newer });
      expect(texts).toEqual(['theirs\n', 'mine\n']);
    }
  });

  test('of writers of one file on one head, exactly one lands', async () => {
    const world = await seeded();
    const writers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const repo = world.open();
        return { repo, base: await repo.head() };
      }),
    );
    const codes = await Promise.all(
      writers.map(({ repo, base }, index) =>
        codeOf(repo.commit(base, changeOf({ 'race.txt': `${index}\n` }), optionsOf())),
      ),
    );
    expect(codes.filter((code) => code === 'no error')).toHaveLength(1);
    expect(codes.filter((code) => code === 'stale-head')).toHaveLength(4);
    expect(await world.open().log('race.txt', 10)).toHaveLength(1);
  });
}
