import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { BROKEN, configFiles, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
});
afterEach(() => world.close());

describe('init', () => {
  test('makes a config repo that validates without a warning and whose output is what its specs say', async () => {
    expect(await world.run(['init', 'new'])).toMatchObject({ code: 0 });
    const cwd = 'new';
    const { stdout } = await world.run(['validate', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout)).toEqual({ diagnostics: [], tools: 1, errors: 0, warnings: 0 });
    expect(await world.run(['synth', '--check'], { cwd })).toMatchObject({ code: 0 });
  });

  test('again changes nothing', async () => {
    await world.run(['init']);
    const before = world.files();
    const { code, stdout } = await world.run(['init', '--format', 'json']);
    expect({ code, created: JSON.parse(stdout).created }).toEqual({ code: 0, created: [] });
    expect(world.files()).toEqual(before);
  });

  test('adds no first tool to a repo that has tools', async () => {
    world.write(configFiles({ mine: WEB }));
    await world.run(['init']);
    expect(Object.keys(world.files('tools-config'))).toEqual(['mine/toolforge.yaml', 'platform.yaml']);
  });

  test('keeps what was written by hand', async () => {
    world.write({ 'README.md': 'mine\n', 'tools-config/platform.yaml': 'domain: example.net\n' });
    const { stdout } = await world.run(['init']);
    expect(stdout).toContain('kept     README.md');
    expect(world.read('README.md')).toBe('mine\n');
    expect(world.read('manifests-out/platform/shard-0/hello.yaml')).toContain('hello.example.net');
  });

  test('in a repo with a spec in error says what is wrong and exits 1', async () => {
    world.write(configFiles({ bad: BROKEN }));
    const { code, stderr } = await world.run(['init']);
    expect({ code, told: stderr.includes('tools-config/bad/toolforge.yaml:7') }).toEqual({
      code: 1,
      told: true,
    });
  });

  test('a file where the folder is to be: exit 3, in words', async () => {
    world.write({ taken: 'x' });
    const { code, stderr } = await world.run(['init', 'taken']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: .*taken/);
  });
});
