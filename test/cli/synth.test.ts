import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { diskFiles } from '../../src/adapters/system/disk-files.ts';
import { type CliWorld, cliWorld, filesBelow } from '../support/cli-world.ts';
import { BROKEN, configFiles, imagesYaml, platformYaml, someSpec, WEB } from '../support/specs.ts';

const TOOLS = { alpha: WEB, beta: WEB, gamma: someSpec({ component: 'bot' }), delta: WEB };
const BUILT = {
  'tools-config/alpha/images.yaml': imagesYaml('alpha', ['web']),
  'tools-config/gamma/images.yaml': imagesYaml('gamma', ['bot']),
};

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write({ ...configFiles(TOOLS, platformYaml('shards: 3\n')), ...BUILT });
});
afterEach(() => world.close());

const output = () => filesBelow(join(world.root, 'manifests-out'));
const synth = (...args: string[]) => world.run(['synth', ...args]);

describe('synth', () => {
  test('answers JSON of the documented shape', async () => {
    const { code, stdout, stderr } = await synth('--format', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      tools: 4,
      files: { written: Object.keys(output()).length, unchanged: 0, deleted: 0 },
      awaitingFirstBuild: [
        { tool: 'beta', component: 'web' },
        { tool: 'delta', component: 'web' },
      ],
      durationMs: expect.any(Number),
    });
    expect(JSON.parse((await synth('--format', 'json')).stdout)).toMatchObject({ files: { written: 0 } });
  });

  test('a spec in error leaves every file as it is', async () => {
    await synth();
    const before = output();
    world.write(configFiles({ alpha: BROKEN, beta: someSpec(), newcomer: WEB }, platformYaml('shards: 3\n')));
    const { code, stderr } = await synth();
    expect(code).toBe(1);
    expect(stderr).toContain('tools-config/alpha/toolforge.yaml:7');
    expect(output()).toEqual(before);
    const json = JSON.parse((await synth('--format', 'json')).stdout);
    expect(json.files).toEqual({ written: 0, unchanged: 0, deleted: 0 });
    expect(json.diagnostics.length).toBeGreaterThan(0);
  });

  test('--keep-going renders the others, leaves that tool, exits 1', async () => {
    await synth();
    const before = output();
    world.write(
      configFiles({ alpha: BROKEN, newcomer: WEB }, platformYaml('shards: 3\ndomain: example.net\n')),
    );
    const { code } = await synth('--keep-going');
    expect(code).toBe(1);
    const after = output();
    const of = (files: Record<string, string>, tool: string) =>
      Object.entries(files).filter(([path]) => path.includes(`/${tool}`));
    expect(of(after, 'alpha')).toEqual(of(before, 'alpha'));
    expect(of(after, 'beta')).not.toEqual(of(before, 'beta'));
    expect(of(after, 'newcomer')).toHaveLength(2);
  });

  test.each(['synth', 'diff'])('platform.yaml in error stops %s, also with --keep-going', async (command) => {
    await synth();
    const before = output();
    world.write({ 'tools-config/platform.yaml': 'shards: many\n' });
    const { code, stdout, stderr } = await world.run(
      command === 'synth' ? [command, '--keep-going'] : [command],
    );
    expect(code).toBe(1);
    expect(`${stdout}${stderr}`).toContain('tools-config/platform.yaml:1');
    expect(output()).toEqual(before);
  });

  test('deletes what it made of a tool that is gone, and only that', async () => {
    await synth();
    world.remove('tools-config/gamma');
    world.write({ 'manifests-out/tools/gamma/notes.txt': 'mine', 'manifests-out/README.md': 'mine' });
    const { code, stdout } = await synth();
    expect(code).toBe(0);
    expect(stdout).toContain('not made by synth, left alone: manifests-out/tools/gamma/notes.txt');
    expect(stdout).toContain('not made by synth, left alone: manifests-out/README.md');
    expect(Object.keys(output()).filter((path) => path.includes('gamma'))).toEqual(['tools/gamma/notes.txt']);
    expect(existsSync(join(world.root, 'manifests-out/tools/beta/.gitkeep'))).toBe(true);
  });

  test('tells of tools without a folder whose files it deleted', async () => {
    await synth();
    world.remove('tools-config/gamma');
    world.remove('tools-config/delta');
    const check = await synth('--check');
    expect({ code: check.code, stderr: check.stderr }).toEqual({ code: 1, stderr: '' });
    const before = Object.keys(output()).length;
    const { stdout, stderr } = await synth('--format', 'json');
    expect(JSON.parse(stdout).files.deleted).toBe(before - Object.keys(output()).length);
    expect(stderr).toBe(
      'deleted the output of 2 tools that have no folder in tools-config/: delta (2 files), gamma (2 files)\n' +
        '  hint: put back a folder that is missing by mistake; `publish` refuses to delete a tool that was not retired, ' +
        'unless it is named: --allow-delete delta gamma\n',
    );
    expect(await synth('--quiet', '--format', 'json')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a tool that moved to another shard lies in one place', async () => {
    await synth();
    world.write({ 'tools-config/platform.yaml': platformYaml('shards: 7\n') });
    expect((await synth()).code).toBe(0);
    const places = Object.keys(output()).filter((path) => path.endsWith('/alpha.yaml'));
    expect(places).toEqual([expect.stringMatching(/^platform\/shard-\d\/alpha\.yaml$/)]);
  });

  test('of named tools writes those alone', async () => {
    const { code } = await synth('alpha', 'gamma');
    expect(code).toBe(0);
    expect(Object.keys(output()).filter((path) => /beta|delta|root/.test(path))).toEqual([]);
    expect(Object.keys(output())).toHaveLength(4);
  });

  test('all shards together are the whole, deletions too', async () => {
    await synth();
    world.remove('tools-config/alpha');
    world.remove('tools-config/beta');
    world.write(configFiles({ epsilon: WEB }, platformYaml('shards: 3\ndomain: example.net\n')));
    world.write({ 'whole/x': '' });
    await synth('--out', 'whole');
    for (const shard of ['0', '1', '2']) expect((await synth('--shard', shard)).code).toBe(0);
    const whole = filesBelow(join(world.root, 'whole'));
    delete whole.x;
    expect(output()).toEqual(whole);
  });
});

test('of many that wait for their first build some are named', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `tool-${index}`);
  world.write(configFiles(Object.fromEntries(names.map((name) => [name, WEB]))));
  const { stdout } = await synth();
  expect(stdout).toContain('awaiting first build: beta/web\n');
  expect(stdout).toContain('awaiting first build: and 12 more\n');
});

describe('synth --check', () => {
  test.each([
    { name: 'nothing', change: () => undefined, code: 0, says: 'the output is what the specs say' },
    {
      name: 'a missing file',
      change: () => world.remove('manifests-out/tools/alpha/web.yaml'),
      code: 1,
      says: 'not what the specs say: manifests-out/tools/alpha/web.yaml',
    },
    {
      name: 'a changed file',
      change: () => world.write({ 'manifests-out/root.yaml': 'kind: Other\n' }),
      code: 1,
      says: 'not what the specs say: manifests-out/root.yaml',
    },
    {
      name: 'a file too many',
      change: () => world.remove('tools-config/alpha'),
      code: 1,
      says: 'no longer in the specs: manifests-out/tools/alpha/web.yaml',
    },
    {
      name: 'a foreign file',
      change: () => world.write({ 'manifests-out/extra/mine.yaml': 'kind: ConfigMap\n' }),
      code: 1,
      says: 'not made by synth, left alone: manifests-out/extra/mine.yaml',
    },
    {
      name: 'a changed spec',
      change: () => world.write(configFiles({ alpha: someSpec() }, platformYaml('shards: 3\n'))),
      code: 1,
      says: 'not what the specs say: manifests-out/tools/alpha/web.yaml',
    },
    {
      name: 'a foreign file (synth would not mend it)',
      change: () => world.write({ 'manifests-out/extra/mine.yaml': 'kind: ConfigMap\n' }),
      code: 1,
      says: 'move or delete what was not made by synth',
    },
  ])('finds $name and writes nothing', async ({ change, code, says }) => {
    await synth();
    change();
    const before = output();
    const run = await synth('--check');
    expect(run.stdout).toContain(says);
    expect(run.code).toBe(code);
    expect(output()).toEqual(before);
    expect(JSON.parse((await synth('--check', '--format', 'json')).stdout)).toHaveProperty('files.written');
  });
});

describe('a synth that is not to write', () => {
  test.each([[['--check']], [['--stdout']], [['--stdout', '--keep-going']]])(
    '%j stages nothing',
    async (args) => {
      const openFiles = (root: string) => ({
        ...diskFiles(root),
        stage: () => {
          throw new TypeError('staged');
        },
      });
      const { stderr } = await world.run(['synth', ...args], { deps: { openFiles } });
      expect(stderr).toBe('');
    },
  );
});

describe('synth --stdout', () => {
  test('prints the objects of the files, and nothing else', async () => {
    const { code, stdout } = await synth('--stdout');
    expect(code).toBe(0);
    expect(existsSync(join(world.root, 'manifests-out'))).toBe(false);
    await synth();
    expect(objectsOf(stdout)).toEqual(expect.arrayContaining(Object.values(output()).flatMap(objectsOf)));
    expect(objectsOf(stdout)).toHaveLength(Object.values(output()).flatMap(objectsOf).length);
  });

  test('as JSON is one List of the same objects', async () => {
    const { stdout } = await synth('--stdout', '--format', 'json');
    const list = JSON.parse(stdout);
    expect(list).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    expect(list.items).toEqual(objectsOf((await synth('--stdout')).stdout));
  });

  test.each([
    ['platform', 'Namespace', 'Deployment'],
    ['tools', 'Deployment', 'Namespace'],
  ])('--part %s', async (part, kind, other) => {
    const kinds = objectsOf((await synth('alpha', '--stdout', '--part', part)).stdout).map(
      (object) => (object as { kind: string }).kind,
    );
    expect(kinds).toContain(kind);
    expect(kinds).not.toContain(other);
  });

  test.each([['text'], ['json']])('with a spec in error prints no object (%s)', async (format) => {
    world.write(configFiles({ alpha: BROKEN }, platformYaml('shards: 3\n')));
    const { code, stdout, stderr } = await synth('--stdout', '--format', format);
    expect(code).toBe(1);
    expect(stderr).toContain('tools-config/alpha/toolforge.yaml:7');
    if (format === 'text') expect(stdout).toBe('');
    else expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'invalid-spec' } });
  });
});

function objectsOf(text: string): unknown[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.map((document): unknown => document.toJS()).filter((object) => object !== null);
}
