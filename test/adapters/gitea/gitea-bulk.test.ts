import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GitConfigRepo, gitConfigRepo } from '../../../src/adapters/git/git-config-repo.ts';
import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { gitUrlOf, parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { ConfigRepo } from '../../../src/ports/config-repo.ts';
import { changeOf, codeOf, optionsOf } from '../../contract/config-repo.world.ts';
import { pushBranch } from '../../support/gitea/push.ts';
import { type GiteaStandIn, startGiteaStandIn } from '../../support/gitea-stand-in.ts';

const many = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`many/${index}.yaml`, text]));

describe('changes that Gitea takes badly', () => {
  let gitea: GiteaStandIn;
  const opened: GitConfigRepo[] = [];
  beforeAll(async () => {
    gitea = await startGiteaStandIn();
    const { cloneUrl, tokens, branch } = gitea;
    const files = {
      'a.yaml': 'a\n',
      link: { mode: '120000', text: 'a.yaml' },
      'folder/link': { mode: '120000', text: 'a.yaml' },
      'folder/run.sh': { mode: '100755', text: 'true\n' },
    };
    await pushBranch({ cloneUrl, token: tokens.bot, branch, files });
  });
  afterAll(async () => {
    for (const repo of opened) repo.dispose();
    await gitea.close();
  });
  beforeEach(() => gitea.faults.reset());

  const open = (how: 'alone' | 'with git'): ConfigRepo => {
    const address = parseGiteaUrl(gitea.repoUrl);
    const common = { branch: gitea.branch, token: gitea.tokens.bot, clock: systemClock };
    if (how === 'alone') return giteaConfigRepo({ ...common, address });
    const bulk = gitConfigRepo({ ...common, url: gitUrlOf(address), env: process.env });
    opened.push(bulk);
    return giteaConfigRepo({ ...common, address, bulk, bulkFiles: 20 });
  };
  const posts = () =>
    gitea.faults.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/contents'));
  const api = () => gitea.faults.requests.filter(({ number }) => number > 0);

  test('many files go by one git push, and are read by git', async () => {
    const repo = open('with git');
    const head = await repo.head();
    const landed = await repo.commit(head, changeOf(many(21, 'x\n')), optionsOf());
    expect(landed.parent).toBe(head.commit);
    expect(posts()).toEqual([]);
    gitea.faults.reset();
    const now = await repo.head();
    expect(now.commit).toBe(landed.commit);
    const paths = Object.keys(many(21, ''));
    expect(await now.read(paths)).toEqual(paths.map(() => 'x\n'));
    expect(api()).toHaveLength(1);
  });

  test('many files of a commit that is the head no more are read by git as well', async () => {
    const repo = open('with git');
    const paths = Object.keys(many(21, ''));
    await repo.commit(await repo.head(), changeOf(many(21, 'old\n')), optionsOf());
    const old = await repo.head();
    await repo.commit(old, changeOf(many(21, 'new\n')), optionsOf());
    gitea.faults.reset();
    expect(await old.read(paths)).toEqual(paths.map(() => 'old\n'));
    expect(api()).toEqual([]);
  });

  test('few files go by the API', async () => {
    const repo = open('with git');
    await repo.commit(await repo.head(), changeOf(many(20, 'y\n')), optionsOf());
    expect(posts()).toHaveLength(1);
  });

  test('many files on an older head are stale', async () => {
    const repo = open('with git');
    const base = await repo.head();
    await repo.commit(base, changeOf({ 'newer.yaml': 'x\n' }), optionsOf());
    expect(await codeOf(repo.commit(base, changeOf(many(21, 'z\n')), optionsOf()))).toBe('stale-head');
  });

  const odd = [
    { name: 'a path with a dash first', files: { '-dash.yaml': 'x\n' } },
    { name: 'a folder in the place of a file', files: { 'a.yaml': undefined, 'a.yaml/b': 'x\n' } },
    { name: 'a file in the place of a folder', files: { 'a.yaml/b': undefined, 'a.yaml': 'a\n' } },
  ];
  test.each(odd)('$name: refused alone', async ({ files }) => {
    const repo = open('alone');
    const head = await repo.head();
    expect(await codeOf(repo.commit(head, changeOf(files), optionsOf()))).toBe('refused');
    expect((await repo.head()).commit).toBe(head.commit);
  });
  test.each(odd)('$name: lands with git', async ({ files }) => {
    const repo = open('with git');
    await repo.commit(await repo.head(), changeOf(files), optionsOf());
    const texts = await (await repo.head()).read(Object.keys(files));
    expect(texts).toEqual(Object.values(files));
  });

  test.each(['link', 'folder'])('a write to %s, which is no file, is refused', async (path) => {
    const repo = open('alone');
    const head = await repo.head();
    for (const text of ['x\n', undefined]) {
      expect(await codeOf(repo.commit(head, changeOf({ [path]: text }), optionsOf()))).toBe('refused');
    }
    expect(posts()).toEqual([]);
  });

  test('links are no files', async () => {
    const head = await open('alone').head();
    expect(await head.read(['link', 'folder/run.sh', 'link/x'])).toEqual([undefined, 'true\n', undefined]);
    expect(await head.list('folder')).toEqual(['link', 'run.sh']);
    expect(await head.listAll('folder')).toEqual(['folder/run.sh']);
  });

  test('what is there already makes no commit', async () => {
    const repo = open('alone');
    const head = await repo.head();
    const change = changeOf({ 'folder/run.sh': 'true\n', 'none.yaml': undefined });
    expect(await repo.commit(head, change, optionsOf())).toEqual({
      commit: head.commit,
      parent: head.commit,
    });
    expect(posts()).toEqual([]);
  });

  test('a folder of more files than a page holds is listed whole', async () => {
    const branch = 'large';
    const names = Array.from({ length: 1_100 }, (_, index) => `d/${String(index).padStart(4, '0')}/f`);
    const { cloneUrl, tokens } = gitea;
    const files = Object.fromEntries(names.map((name) => [name, '']));
    await pushBranch({ cloneUrl, token: tokens.bot, branch, files });
    const options = { address: parseGiteaUrl(gitea.repoUrl), token: tokens.bot, clock: systemClock };
    const head = await giteaConfigRepo({ ...options, branch }).head();
    expect(await head.listAll('d')).toEqual(names);
    expect(await head.list('d')).toEqual(names.map((name) => `${name.split('/')[1]}/`));
  });
});
