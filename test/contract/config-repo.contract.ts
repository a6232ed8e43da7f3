import { afterEach, describe, expect, test } from 'vitest';
import type { GitopsError } from '../../src/errors.ts';
import type { Change, FileChange } from '../../src/model/change.ts';
import type { CommitOptions, ConfigRepo, Landed, Snapshot } from '../../src/ports/config-repo.ts';

/** A repo on some server, made for one test. */
export interface World {
  /** A new adapter on the same branch, as another process would make it. */
  open(): ConfigRepo;
  close(): Promise<void>;
}

export interface ConfigRepoFactory {
  /** A repo whose branch has one commit with these files. */
  withFiles(files: Readonly<Record<string, string>>): Promise<World>;
  /** A repo without any commit, a repo without the branch, and no repo at all; left out where there is no such thing. */
  readonly absent?: Readonly<Record<'emptyRepo' | 'missingBranch' | 'missingRepo', () => Promise<World>>>;
  /** A repo that may be read but not written, each by its name. */
  readonly readOnly?: Readonly<Record<string, () => Promise<World>>>;
  /** Good paths that the server cannot take: refused before anything is sent. */
  readonly unwritable?: readonly string[];
}

const SEED = {
  'cdk8s.yaml': 'language: typescript\n',
  'tools-config/platform.yaml': 'domain: example.org\n',
  'tools-config/hello/toolforge.yaml': 'components: {}\n',
  'tools-config/hello/images.yaml': 'components: {}\n',
  'tools-config/bot/toolforge.yaml': 'components: {}\n',
  'manifests-out/tools/hello/web.yaml': 'kind: Deployment\n',
};

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

let changeIds = 0;

export function optionsOf(over: Partial<CommitOptions> = {}): CommitOptions {
  changeIds += 1;
  return {
    author: { name: 'Ålice Ümlaut', email: 'alice@example.org' },
    committer: { name: 'deploy bot', email: 'bot@example.org' },
    date: '2026-11-24T10:00:00Z',
    changeId: `${process.pid.toString(16)}${Date.now().toString(16)}${changeIds}`,
    ...over,
  };
}

export function changeOf(files: Readonly<Record<string, string | undefined>>, subject = 'a change'): Change {
  const list: FileChange[] = Object.entries(files).map(([path, text]) => ({ path, text }));
  return { files: list, message: { subject, body: 'Why.', trailers: [{ key: 'Tool', value: 'hello' }] } };
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: GitopsError) => error.code ?? `not a GitopsError: ${error.stack}`,
  );
}

/** What every ConfigRepo does, whatever is behind it. */
export function configRepoContract(name: string, factory: ConfigRepoFactory): void {
  describe(`ConfigRepo: ${name}`, () => {
    const worlds: World[] = [];
    afterEach(async () => {
      for (const world of worlds.splice(0)) await world.close();
    });
    const seeded = async (files: Readonly<Record<string, string>> = SEED): Promise<World> => {
      const world = await factory.withFiles(files);
      worlds.push(world);
      return world;
    };
    readingTests(seeded);
    writingTests(seeded, factory.unwritable ?? []);
    racingTests(seeded);
    historyTests(seeded);
    for (const [what, make] of Object.entries(factory.absent ?? {})) {
      test(`unavailable: ${what}`, async () => {
        const world = await make();
        worlds.push(world);
        expect(await codeOf(world.open().head())).toBe('unavailable');
      });
    }
    for (const [what, make] of Object.entries(factory.readOnly ?? {})) {
      test(`permission: ${what}`, async () => {
        const world = await make();
        worlds.push(world);
        const repo = world.open();
        const head = await repo.head();
        expect(await codeOf(repo.commit(head, changeOf({ 'a.txt': 'a' }), optionsOf()))).toBe('permission');
        expect((await world.open().head()).commit).toBe(head.commit);
      });
    }
  });
}

type Seeded = (files?: Readonly<Record<string, string>>) => Promise<World>;

function readingTests(seeded: Seeded): void {
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

function writingTests(seeded: Seeded, unwritable: readonly string[]): void {
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

function racingTests(seeded: Seeded): void {
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

function historyTests(seeded: Seeded): void {
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

async function land(
  repo: ConfigRepo,
  files: Readonly<Record<string, string | undefined>>,
  subject?: string,
): Promise<Landed> {
  const head: Snapshot = await repo.head();
  return repo.commit(head, changeOf(files, subject), optionsOf());
}
