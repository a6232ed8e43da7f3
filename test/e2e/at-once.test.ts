import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { runCli } from '../support/run-cli.ts';
import { configFiles, someImage, WEB } from '../support/specs.ts';

const TOOLS = Array.from({ length: 8 }, (_, index) => `tool-${index}`);

let world: RemoteWorld;
beforeEach(() => {
  world = remoteWorld(configFiles(Object.fromEntries(TOOLS.map((tool) => [tool, WEB]))));
});
afterEach(() => world.close());

function bump(tool: string, letter: string, builtAt: string) {
  const args = [
    'bump',
    tool,
    `web=${someImage(tool, 'web', letter)}`,
    '--built-at',
    builtAt,
    '--format',
    'json',
  ];
  return runCli(args, { cwd: world.cli.root, env: { TFG_REPO: world.remote } });
}

describe('two runs of synth at once in one folder', { timeout: 60_000 }, () => {
  const many = Array.from({ length: 60 }, (_, index) => `many-${index}`);

  test('both end well, whichever makes a folder first', async () => {
    const { root } = world.cli;
    world.cli.write(configFiles(Object.fromEntries(many.map((tool) => [tool, WEB]))));
    for (let round = 0; round < 4; round += 1) {
      await runCli(['synth'], { cwd: root });
      const whole = world.cli.files('manifests-out');
      for (const tool of many) world.cli.remove(`manifests-out/tools/${tool}`);
      world.cli.write({ 'manifests-out/platform/shard-0/many-1.yaml': 'edited\n' });
      const runs = await Promise.all([1, 2, 3].map(() => runCli(['synth'], { cwd: root })));
      expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        runs.map(() => ({ code: 0, stderr: '' })),
      );
      expect(world.cli.files('manifests-out')).toEqual(whole);
    }
  });
});

describe('bumps of several processes at once', () => {
  test('of different tools all land, each once', async () => {
    const runs = await Promise.all(TOOLS.map((tool) => bump(tool, 'a', '2026-11-24T10:00:00Z')));
    for (const { code, stdout, stderr } of runs) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout).outcome).toBe('deployed');
    }
    expect(world.commits()).toBe(TOOLS.length + 1);
    const commits = runs.map(({ stdout }) => JSON.parse(stdout).commit);
    expect(world.sandbox.git(['-C', world.remote, 'log', '--format=%H', 'main']).split('\n')).toEqual(
      expect.arrayContaining(commits),
    );
    for (const tool of TOOLS) {
      expect(world.show(`manifests-out/tools/${tool}/web.yaml`)).toContain(someImage(tool, 'web', 'a'));
    }
  });

  test('of the same tool end with the newest build', async () => {
    const builds = ['a', 'b', 'c', 'd', 'e', 'f'];
    const runs = await Promise.all(
      builds.map((letter, hour) => bump('tool-0', letter, `2026-11-24T1${hour}:00:00Z`)),
    );
    for (const { code, stdout } of runs) {
      expect(code).toBe(0);
      expect(['deployed', 'stale']).toContain(JSON.parse(stdout).outcome);
    }
    expect(world.show('manifests-out/tools/tool-0/web.yaml')).toContain(someImage('tool-0', 'web', 'f'));
    const deployed = runs.filter(({ stdout }) => JSON.parse(stdout).outcome === 'deployed');
    expect(world.commits()).toBe(deployed.length + 1);
  });
});
