import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld, filesBelow } from '../support/cli-world.ts';
import { configFiles, platformYaml, someSpec, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write(
    configFiles({ alpha: WEB, gamma: someSpec({ component: 'bot' }) }, platformYaml('shards: 3\n')),
  );
});
afterEach(() => world.close());

const output = () => filesBelow(join(world.root, 'manifests-out'));
const synth = (...args: string[]) => world.run(['synth', ...args]);

describe('where synth writes', () => {
  test.each([
    { name: '--out', args: ['--out', 'elsewhere'], env: {} },
    { name: 'CDK8S_OUTDIR', args: [], env: { CDK8S_OUTDIR: 'elsewhere' } },
  ])('$name: the same files, there', async ({ args, env }) => {
    expect(await world.run(['synth', ...args], { env })).toMatchObject({ code: 0 });
    expect(existsSync(join(world.root, 'manifests-out'))).toBe(false);
    await synth();
    expect(filesBelow(join(world.root, 'elsewhere'))).toEqual(output());
    expect(await world.run(['synth', '--check', ...args], { env })).toMatchObject({ code: 0 });
  });

  test.each([
    { name: 'the config repo itself', args: ['--out', '.'], env: {} },
    { name: 'no name', args: ['--out', ''], env: {} },
    { name: 'a folder above it', args: ['--out', '..'], env: {} },
    { name: 'the root of the disk', args: ['--out', '/'], env: {} },
    { name: 'tools-config', args: ['--out', 'tools-config'], env: {} },
    { name: 'a folder in tools-config', args: ['--out', 'tools-config/alpha/out'], env: {} },
    { name: 'CDK8S_OUTDIR above it', args: [], env: { CDK8S_OUTDIR: '..' } },
  ])('not to $name: what lies there would be in the way', async ({ args, env }) => {
    await synth();
    const before = filesBelow(world.root);
    const { code, stderr } = await world.run(['synth', ...args], { env });
    expect(stderr).toContain('the output cannot go to');
    expect(code).toBe(2);
    expect(filesBelow(world.root)).toEqual(before);
  });

  test.each([
    { name: 'a name that begins with dots', args: ['--out', '..out'], env: {}, there: '..out' },
    { name: 'a CDK8S_OUTDIR set to nothing', args: [], env: { CDK8S_OUTDIR: '' }, there: 'manifests-out' },
  ])('$name is fine', async ({ args, env, there }) => {
    expect(await world.run(['synth', ...args], { env })).toMatchObject({ code: 0 });
    expect(existsSync(join(world.root, there, 'root.yaml'))).toBe(true);
  });

  test.each([
    {
      name: 'a file where manifests-out is to be',
      make: () => world.write({ 'manifests-out': 'x' }),
      code: 3,
    },
    {
      name: 'a folder where a file is to be',
      make: () => mkdirSync(join(world.root, 'manifests-out/root.yaml'), { recursive: true }),
      code: 3,
    },
    {
      name: 'a link out of the repo',
      make: () => symlinkSync('/tmp', join(world.root, 'manifests-out')),
      code: 1,
    },
  ])('$name: exit $code in words, nothing written', async ({ make, code }) => {
    make();
    const run = await synth();
    expect(run.stderr).toMatch(/^error: .*manifests-out/);
    expect(run.stderr).toMatch(/hint: /);
    expect(run.code).toBe(code);
  });

  test('files of another folder are named by where they are', async () => {
    await synth('--out', 'elsewhere/made');
    world.write({ 'elsewhere/made/notes.txt': 'mine', 'elsewhere/made/root.yaml': 'kind: Other\n' });
    const { stdout } = await synth('--check', '--out', 'elsewhere/made');
    expect(stdout).toContain('not made by synth, left alone: elsewhere/made/notes.txt\n');
    expect(stdout).toContain('not what the specs say: elsewhere/made/root.yaml\n');
  });
});
