import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GitConfigRepo, gitConfigRepo } from '../../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { land } from '../../../src/app/land.ts';
import { changeOf, codeOf, optionsOf } from '../../contract/config-repo.world.ts';
import { type GitSandbox, gitSandbox } from '../../support/git-sandbox.ts';

const IDENTITY = { name: 'deploy bot', email: 'bot@example.org' };

let sandbox: GitSandbox;
const opened: GitConfigRepo[] = [];
beforeEach(() => {
  sandbox = gitSandbox();
});
afterEach(() => {
  for (const repo of opened.splice(0)) repo.dispose();
  sandbox.close();
});

function open(url: string, env: Readonly<Record<string, string>> = {}): GitConfigRepo {
  const options = { url, branch: 'main', clock: systemClock, scratch: sandbox.root, renewAfter: 20 };
  const repo = gitConfigRepo({ ...options, env: { ...sandbox.env, ...env } });
  opened.push(repo);
  return repo;
}

async function write(
  repo: GitConfigRepo,
  files: Readonly<Record<string, string | undefined>>,
  subject?: string,
) {
  return repo.commit(await repo.head(), changeOf(files, subject), optionsOf());
}

/** A dead process that no one has waited for yet has no command line any more. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/cmdline') || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

const scratches = () => readdirSync(sandbox.root).filter((name) => name.startsWith('toolforge-gitops-'));

describe('what git makes of our objects', () => {
  const names = ['b', 'b.c', 'b-c', 'b0', 'a/x', 'a.b/x', 'a-b', 'B', 'ä', 'z/z/z', 'b c/d'];
  test.each([
    ['sha1', 'path'],
    ['sha1', 'file'],
    ['sha256', 'path'],
    ['sha256', 'file'],
  ])('a %s repo by %s is whole, and its trees are sorted as git sorts', async (format, kind) => {
    const folder = join(sandbox.root, 'c.git');
    sandbox.git(['init', '-q', '--bare', `--object-format=${format}`, '--initial-branch=main', folder]);
    const tree = sandbox.git(['-C', folder, 'mktree'], '');
    const env = ['-c', 'user.name=seed', '-c', 'user.email=seed@example.org'];
    const seed = sandbox.git(['-C', folder, ...env, 'commit-tree', '-m', 'seed', tree]);
    sandbox.git(['-C', folder, 'update-ref', 'refs/heads/main', seed]);
    const repo = open(kind === 'path' ? folder : `file://${folder}`);
    const files = Object.fromEntries(names.map((name) => [name, `${name}\n`]));
    await write(repo, files);
    await write(repo, { 'b-c': undefined, 'a/x': undefined, 'a/y': 'y\n', 'b.c': 'changed\n', 'b+': '+\n' });
    sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
    const listed = sandbox.git(['-C', folder, 'ls-tree', '-r', '-z', '--name-only', 'main']).split('\0');
    const expected = [...names.filter((name) => name !== 'b-c' && name !== 'a/x'), 'a/y', 'b+'];
    expect(listed.filter(Boolean).sort()).toEqual(expected.sort());
    expect(sandbox.git(['-C', folder, 'show', 'main:b.c'])).toBe('changed');
  });

  test('the last file of a folder takes the folder along', async () => {
    const folder = sandbox.bare('c.git', { 'a/b/c': 'x', d: 'x' });
    await write(open(folder), { 'a/b/c': undefined });
    expect(sandbox.git(['-C', folder, 'ls-tree', '--name-only', 'main'])).toBe('d');
    await write(open(folder), { d: undefined });
    expect(sandbox.git(['-C', folder, 'ls-tree', '--name-only', 'main'])).toBe('');
  });

  test('a file in the place of a folder, or below a file, is refused unless the change clears it', async () => {
    const folder = sandbox.bare('c.git', { 'a/b': 'x', f: 'x' });
    const repo = open(folder);
    expect(await codeOf(write(repo, { a: 'file' }))).toBe('refused');
    expect(await codeOf(write(repo, { 'f/below': 'file' }))).toBe('refused');
    await write(repo, { a: 'file', 'a/b': undefined, f: undefined, 'f/below': 'file' });
    expect(await (await repo.head()).listAll('')).toEqual(['a', 'f/below']);
  });

  test('links, executables and submodules: links are no files, executables stay so', async () => {
    const folder = sandbox.bare('c.git', {});
    sandbox.git(
      ['-C', folder, 'fast-import', '--quiet'],
      [
        'commit refs/heads/main\ncommitter a <a@example.org> 1764000000 +0000\ndata 1\nx',
        'M 100755 inline run.sh\ndata 3\nold',
        'M 120000 inline link\ndata 11\n/etc/passwd',
        'M 160000 1111111111111111111111111111111111111111 module\n',
      ].join('\n'),
    );
    const repo = open(folder);
    const head = await repo.head();
    expect(await head.read(['link', 'module', 'run.sh', 'link/x', 'module/x'])).toEqual([
      undefined,
      undefined,
      'old',
      undefined,
      undefined,
    ]);
    expect(await head.listAll('')).toEqual(['run.sh']);
    await write(repo, { 'run.sh': 'new', link: 'a file now' });
    const modes = sandbox.git(['-C', folder, 'ls-tree', '--format=%(objectmode) %(path)', 'main']);
    expect(modes.split('\n')).toEqual(['100644 link', '160000 module', '100755 run.sh']);
  });

  test('names and dates cannot break a commit', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const repo = open(folder);
    const author = { name: 'Eve <x>\nauthor Bob', email: 'eve>@example.org\n' };
    const options = optionsOf({ author, committer: { name: '', email: '' } });
    await repo.commit(await repo.head(), changeOf({ a: 'b' }), options);
    sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
    const [info] = await repo.log('a', 1);
    expect(info?.author).toEqual({ name: 'Eve xauthor Bob', email: 'eve@example.org' });
  });
});

describe('a fleet', () => {
  test('is written in one commit and read back, by every way', async () => {
    const files: Record<string, string> = {};
    for (let tool = 0; tool < 3000; tool += 1) {
      for (const file of ['toolforge.yaml', 'images.yaml'])
        files[`tools-config/tool-${tool}/${file}`] = `${tool}\n`;
      files[`manifests-out/tools/tool-${tool}/web.yaml`] = `kind: Deployment # ${tool}\n`;
      files[`manifests-out/platform/shard-0/tool-${tool}.yaml`] = `kind: Namespace # ${tool}\n`;
    }
    const folder = sandbox.bare('c.git', { 'cdk8s.yaml': '' });
    sandbox.git(['-C', folder, 'config', 'uploadpack.allowFilter', 'true']);
    await write(open(folder), files);
    for (const url of [folder, `file://${folder}`]) {
      const head = await open(url).head();
      const all = await head.listAll('');
      expect(all).toHaveLength(12_001);
      const paths = Object.keys(files);
      expect(await head.read(paths)).toEqual(Object.values(files));
    }
    await write(
      open(`file://${folder}`),
      Object.fromEntries(Object.keys(files).map((path) => [path, 'new\n'])),
    );
    sandbox.git(['-C', folder, 'fsck', '--strict', '--no-dangling']);
  });
});

describe('history', () => {
  test('is fetched further back until there is enough of it', async () => {
    const folder = sandbox.bare('c.git', { 'tools-config/a/x': '0' });
    const stream = Array.from(
      { length: 600 },
      (_, index) =>
        `commit refs/heads/main\ncommitter a <a@example.org> ${1764000001 + index} +0000\ndata 2\nn\n${
          index === 0 ? 'from refs/heads/main^0\n' : ''
        }M 100644 inline tools-config/${index % 300 === 0 ? 'a' : 'b'}/x\ndata 4\n${String(index).padStart(4)}\n`,
    );
    sandbox.git(['-C', folder, 'fast-import', '--quiet'], stream.join(''));
    const local = await open(folder).log('tools-config/a', 10);
    expect(local).toHaveLength(3);
    for (const filters of ['false', 'true']) {
      sandbox.git(['-C', folder, 'config', 'uploadpack.allowFilter', filters]);
      const repo = open(`file://${folder}`);
      for (const limit of [1, 2, 3, 10]) {
        expect(await repo.log('tools-config/a', limit)).toEqual(local.slice(0, limit));
      }
      const [base] = await repo.log('', 1);
      await write(repo, { z: 'z' });
      expect(await repo.findLanded(base?.commit as never, 'none')).toBeUndefined();
      const far = local.at(-1)?.commit as never;
      expect(await repo.findLanded(far, 'none')).toBeUndefined();
      sandbox.git(['-C', folder, 'update-ref', 'refs/heads/main', base?.commit ?? '']);
    }
  });
});

describe('a scratch repo', () => {
  test('is one an adapter, removed by dispose, also after errors', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const repo = open(`file://${folder}`);
    await write(repo, { b: 'b' });
    await repo.log('b', 1);
    expect(scratches()).toHaveLength(1);
    repo.dispose();
    expect(scratches()).toEqual([]);
    await write(repo, { c: 'c' });
    repo.dispose();
    const broken = open(`${sandbox.root}/none.git`);
    expect(await codeOf(broken.head())).toBe('unavailable');
    broken.dispose();
    expect(scratches()).toEqual([]);
  });

  test('starts afresh after many fetches, and older snapshots go on', async () => {
    const folder = sandbox.bare('c.git', { 'tools-config/a/x': '0' });
    sandbox.git(['-C', folder, 'config', 'uploadpack.allowFilter', 'true']);
    const repo = open(`file://${folder}`);
    const other = open(folder);
    const first = await repo.head();
    const packs = () => readdirSync(join(sandbox.root, scratches()[0] as string, 'objects/pack')).length;
    const most: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      await write(other, { 'tools-config/a/x': `${round}` });
      const head = await repo.head();
      expect(await head.read(['tools-config/a/x'])).toEqual([`${round}`]);
      most.push(packs());
    }
    // Three files a pack.
    expect(Math.max(...most)).toBeLessThan(25 * 3);
    expect(await first.read(['tools-config/a/x'])).toEqual(['0']);
    await write(repo, { 'tools-config/a/x': 'end' });
    expect(sandbox.git(['-C', folder, 'show', 'main:tools-config/a/x'])).toBe('end');
  });
});

describe('hostile surroundings', () => {
  test('hooks of a person or a template do not run, those of the remote do', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const ran = join(sandbox.root, 'ran');
    const trace = `#!/bin/sh\necho "$0 token=$TFG_GITEA_TOKEN count=$GIT_CONFIG_COUNT" >> '${ran}'\n`;
    sandbox.git(['init', '-q', 'mine']);
    for (const hook of ['pre-push', 'reference-transaction', 'post-checkout']) {
      sandbox.script(`mine/.git/hooks/${hook}`, trace);
    }
    const config = sandbox.script('gitconfig', `[core]\nhooksPath=${sandbox.root}/mine/.git/hooks\n`);
    sandbox.script('c.git/hooks/post-receive', trace);
    sandbox.git(['-C', folder, 'config', 'core.hooksPath', join(folder, 'hooks')]);
    const env = { GIT_CONFIG_GLOBAL: config, TFG_GITEA_TOKEN: 's3cret', GIT_DIR: '/nowhere' };
    await write(open(folder, env), { a: 'b' });
    await write(open(`file://${folder}`, env), { a: 'c' });
    const lines = readFileSync(ran, 'utf8').trim().split('\n');
    expect(lines.map((line) => line.replace(/^.*\//, ''))).toEqual([
      'post-receive token= count=',
      'post-receive token= count=',
    ]);
  });

  test('a commit made straight into a plain repo is followed by no hook, for there is none', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const first = await write(open(folder), { a: 'b' });
    expect(sandbox.git(['-C', folder, 'rev-parse', 'main'])).toBe(first.commit);
    sandbox.script('c.git/hooks/update', '#!/bin/sh\nexit 1\n');
    expect(await codeOf(write(open(folder), { a: 'c' }))).toBe('permission');
    expect(sandbox.git(['-C', folder, 'rev-parse', 'main'])).toBe(first.commit);
  });

  test('the checked-out branch of a work tree takes no push, and keeps its files', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    sandbox.git(['clone', '-q', folder, 'tree']);
    expect(await codeOf(write(open(join(sandbox.root, 'tree')), { a: 'b' }))).toBe('permission');
  });

  test('a missing git program is told as such', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const { env, root: scratch } = sandbox;
    const options = { url: folder, branch: 'main', clock: systemClock, env, scratch };
    const repo = gitConfigRepo({ ...options, program: 'no-such-git' });
    opened.push(repo);
    await expect(repo.head()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('git'),
    });
  });

  test('a remote that hangs is given up, with all that was started for it', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const ssh = sandbox.script('ssh', `#!/bin/sh\necho $$ >> '${sandbox.root}/pids'\nexec sleep 600\n`);
    const env = { ...sandbox.env, GIT_SSH: ssh };
    const repo = gitConfigRepo({
      ...{ url: `host.example:${folder}`, branch: 'main', clock: systemClock, scratch: sandbox.root },
      ...{ env, timeout: 3000 },
    });
    opened.push(repo);
    expect(await codeOf(repo.head())).toBe('remote-failed');
    const pids = readFileSync(join(sandbox.root, 'pids'), 'utf8').trim().split('\n').map(Number);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  test('a branch that was deleted meanwhile is missing, not made anew', async () => {
    const folder = sandbox.bare('c.git', { a: 'a' });
    const repo = open(`file://${folder}`);
    const base = await repo.head();
    sandbox.git(['-C', folder, 'update-ref', '-d', 'refs/heads/main']);
    expect(await codeOf(repo.commit(base, changeOf({ a: 'b' }), optionsOf()))).toBe('stale-head');
    const edit = async () => changeOf({ a: 'b' });
    expect(await codeOf(land(repo, edit, { clock: systemClock, identity: IDENTITY }))).toBe('unavailable');
  });
});
