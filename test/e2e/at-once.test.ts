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
