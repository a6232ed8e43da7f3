import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { BROKEN, configFiles, imagesYaml, WEB } from '../support/specs.ts';

let world: RemoteWorld;
beforeEach(async () => {
  const files = {
    ...configFiles({ alpha: WEB, beta: WEB }),
    'tools-config/alpha/images.yaml': imagesYaml('alpha', ['web']),
  };
  world = remoteWorld(files);
  world.cli.write(files);
  await world.run(['synth']);
});
afterEach(() => world.close());

const git = (...args: string[]) =>
  world.sandbox.git(['-C', world.cli.root, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args]);

function commitAll(): void {
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=first');
}

describe('diff', () => {
  test('of nothing is nothing, in the documented shape', async () => {
    expect(await world.json(['diff'])).toEqual({
      code: 0,
      value: { tools: { total: 2, changed: 0, deleted: 0 }, files: [], changes: [] },
    });
  });

  test('tells the blast radius first, then field by field, and writes nothing', async () => {
    world.cli.write({ 'tools-config/alpha/toolforge.yaml': WEB.replace('8000', '8001') });
    const before = world.cli.files();
    const { stdout } = await world.run(['diff']);
    expect(stdout).toMatch(/^1 of 2 tools change, 0 deleted/);
    const { value } = await world.json(['diff']);
    expect(value.tools).toEqual({ total: 2, changed: 1, deleted: 0 });
    expect(value.files).toEqual([{ path: 'manifests-out/tools/alpha/web.yaml', change: 'change' }]);
    expect(value.changes).toContainEqual({
      tool: 'alpha',
      component: 'web',
      kind: 'Service',
      name: 'web',
      field: expect.stringContaining('port'),
      from: 8000,
      to: 8001,
    });
    const markdown = await world.run(['diff', '--format', 'markdown']);
    expect(markdown.stdout).toContain('1 of 2 tools');
    expect(world.cli.files()).toEqual(before);
  });

  test.each(['HEAD', 'main', 'refs/heads/main'])('--against %s, what is committed', async (ref) => {
    commitAll();
    world.cli.write({ 'tools-config/beta/toolforge.yaml': WEB.replace('8000', '8001') });
    await world.run(['synth']);
    expect((await world.json(['diff'])).value.files).toEqual([]);
    world.cli.remove('tools-config/alpha');
    expect((await world.json(['diff', '--against', ref])).value.tools).toEqual({
      total: 2,
      changed: 0,
      deleted: 1,
    });
  });

  test('in a folder of a larger repo', async () => {
    const files = world.cli.files();
    world.cli.write(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`deep/er/${path}`, text])),
    );
    commitAll();
    expect((await world.json(['diff', '-C', 'deep/er', '--against', 'HEAD'])).value.files).toEqual([]);
  });

  test.each([
    { name: 'a ref that is not there', ref: 'nope', says: 'names no commit' },
    { name: 'a ref that is an option', ref: '--upload-pack=touch x', says: 'names no commit' },
    { name: 'a tree', ref: 'HEAD:tools-config', says: 'names no commit' },
  ])('--against $name: exit 2', async ({ ref, says }) => {
    commitAll();
    const { code, stderr } = await world.run(['diff', `--against=${ref}`]);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  test('--against outside a git repo: exit 3', async () => {
    const { code, value } = await world.json(['diff', '--against', 'HEAD']);
    expect({ code, error: value.error.code }).toEqual({ code: 3, error: 'unavailable' });
  });

  test('of a spec in error: exit 1, every mistake, and one JSON value', async () => {
    world.cli.write({ 'tools-config/alpha/toolforge.yaml': BROKEN });
    const { code, value } = await world.json(['diff']);
    expect(code).toBe(1);
    expect(value.error.code).toBe('invalid-spec');
    expect(value.diagnostics.map(({ line }: { line: number }) => line)).toEqual([6, 7, 8]);
  });
});
