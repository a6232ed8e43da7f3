import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { BROKEN, configFiles, platformYaml, someSpec, WEB } from '../support/specs.ts';

let world: RemoteWorld;
beforeEach(() => {
  world = remoteWorld(configFiles({ alpha: WEB, beta: WEB, gamma: WEB }));
});
afterEach(() => world.close());

const publish = (...args: string[]) => world.json(['publish', ...args]);

/** What a person pushes: files with their new text, `undefined` removes one. */
function push(files: Readonly<Record<string, string | undefined>>): void {
  const commands = Object.entries(files).map(([path, text]) =>
    text === undefined
      ? `D ${path}\n`
      : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const head = `commit refs/heads/main\ncommitter someone <s@example.org> 1764000001 +0000\ndata 4\nhand\nfrom ${world.head()}\n`;
  world.sandbox.git(['-C', world.remote, 'fast-import', '--quiet'], `${head}${commands.join('')}`);
}

describe('publish', () => {
  test('renders the whole fleet in one commit that tells how far it reaches', async () => {
    const { code, value } = await publish();
    expect(code).toBe(0);
    expect(value).toMatchObject({ commit: world.head(), tools: { total: 3, changed: 3, deleted: 0 } });
    expect(world.show('manifests-out/root.yaml')).toContain('AppProject');
    expect(world.sandbox.git(['-C', world.remote, 'log', '-1', '--format=%s', 'main'])).toContain(
      'publish: 3 tools change',
    );
    const again = await publish();
    expect(again).toMatchObject({ code: 0, value: { commit: null, files: [], changes: [] } });
    expect(world.commits()).toBe(2);
  });

  test('--dry-run commits nothing', async () => {
    const before = world.head();
    const { value } = await publish('--dry-run');
    expect(value.files).toContainEqual({ path: 'manifests-out/root.yaml', change: 'write' });
    expect(world.head()).toBe(before);
  });

  test('with a spec in error: all mistakes told, nothing written; --keep-going publishes the others', async () => {
    push({ 'tools-config/alpha/toolforge.yaml': BROKEN });
    const before = world.head();
    const run = await world.run(['publish', '--format', 'json']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('tools-config/alpha/toolforge.yaml:7');
    expect(run.stderr).toContain('tools-config/alpha/toolforge.yaml:8');
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'invalid-spec' } });
    expect(JSON.parse(run.stdout).diagnostics).toHaveLength(3);
    expect(world.head()).toBe(before);
    expect(await publish('--keep-going')).toMatchObject({ code: 1, value: { tools: { changed: 2 } } });
    expect(world.show('manifests-out/platform/shard-0/alpha.yaml')).toBeUndefined();
  });
});

describe('the guard', () => {
  beforeEach(() => publish());

  test('refuses to delete a tool that nobody named', async () => {
    push({ 'tools-config/beta/toolforge.yaml': undefined });
    const before = world.head();
    const run = await world.run(['publish']);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('--allow-delete beta');
    expect(world.head()).toBe(before);
    expect(await publish('--allow-delete', 'beta')).toMatchObject({
      code: 0,
      value: { tools: { deleted: 1 } },
    });
    expect(world.show('manifests-out/platform/shard-0/beta.yaml')).toBeUndefined();
  });

  test('lets a retired tool go, in two commits', async () => {
    push({ 'tools-config/beta/tenant.yaml': 'retired: true\n' });
    await publish();
    push({ 'tools-config/beta/toolforge.yaml': undefined, 'tools-config/beta/tenant.yaml': undefined });
    expect(await publish()).toMatchObject({ code: 0, value: { tools: { deleted: 1 } } });
  });

  test('refuses more deleted files than the platform allows', async () => {
    push({ 'tools-config/platform.yaml': platformYaml('max_deleted_files: 1\n') });
    await publish();
    push({ 'tools-config/beta/toolforge.yaml': undefined });
    const one = await publish('--allow-delete', 'gamma');
    expect(one).toMatchObject({ code: 1, value: { error: { code: 'refused' } } });
  });

  test('leaves what it did not make', async () => {
    push({ 'manifests-out/mine.txt': 'mine\n', 'tools-config/alpha/toolforge.yaml': someSpec() });
    expect((await publish()).code).toBe(0);
    expect(world.show('manifests-out/mine.txt')).toBe('mine\n');
  });
});

describe('a config repo that cannot be written', () => {
  test.each([
    {
      name: 'a branch protected by a hook',
      make: () =>
        world.sandbox.script(
          'config.git/hooks/pre-receive',
          '#!/bin/sh\necho "protected: $TFG_GITEA_TOKEN" >&2\nexit 1\n',
        ),
      args: [],
      error: 'permission',
    },
    { name: 'a branch that is not there', make: () => '', args: ['--branch', 'live'], error: 'unavailable' },
    {
      name: 'an empty repo',
      make: () => world.sandbox.bare('empty.git', {}),
      args: ['--repo', 'EMPTY'],
      error: 'unavailable',
    },
    {
      name: 'a repo that is not there',
      make: () => '',
      args: ['--repo', '/nonexistent'],
      error: 'unavailable',
    },
  ])('$name: exit 3, the remedy, nothing written', async ({ make, args, error }) => {
    const made = make();
    const words = args.map((word) => (word === 'EMPTY' ? made : word));
    const before = world.head();
    const env = { TFG_GITEA_TOKEN: 'hunter2-token' };
    const run = await world.run(['publish', ...words, '--format', 'json'], { env });
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: error, hint: expect.any(String) } });
    expect(run.code).toBe(3);
    expect(`${run.stdout}${run.stderr}`).not.toContain('hunter2');
    expect(world.head()).toBe(before);
  });
});
