import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { memoryCache } from '../support/memory-cache.ts';
import { BROKEN, configFiles, imagesYaml, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write({
    ...configFiles({ alpha: WEB, beta: WEB }),
    'tools-config/alpha/images.yaml': imagesYaml('alpha', ['web']),
  });
});
afterEach(() => world.close());

const synth = (...args: string[]) => world.run(['synth', ...args]);

describe('an output file that is no text of ours', () => {
  const place = 'manifests-out/tools/alpha/web.yaml';
  const at = () => join(world.root, place);

  test.each<[string, (good: string) => void]>([
    ['binary data', () => writeFileSync(at(), Buffer.of(0xff, 0xfe, 0))],
    ['a pipe', () => execFileSync('mkfifo', [at()])],
  ])('%s is drift, and replaced', async (_, spoil) => {
    await synth();
    const good = world.read(place);
    rmSync(at());
    spoil(good);
    expect((await synth('--check')).code).toBe(1);
    expect((await synth()).code).toBe(0);
    expect(world.read(place)).toBe(good);
  });

  test.each<[string, number, () => void]>([
    ['a folder', 3, () => mkdirSync(at())],
    ['a link', 1, () => symlinkSync('/etc/passwd', at())],
  ])('%s is drift; nothing is written until it is moved away', async (_, expected, spoil) => {
    await synth();
    rmSync(at());
    spoil();
    expect((await synth('--check')).code).toBe(1);
    const { code, stderr } = await synth();
    expect(code).toBe(expected);
    expect(stderr).toContain('tools/alpha/web.yaml');
  });
});

describe('with a tool in error', () => {
  test('no verdict is given for it', async () => {
    await synth();
    world.write(configFiles({ alpha: BROKEN }));
    const last = 'but for 1 tool in error, whose files stay as they are\n';
    expect((await synth('--check', '--keep-going')).stdout.endsWith(last)).toBe(true);
    expect((await synth('--keep-going')).stdout.endsWith(last)).toBe(true);
  });
});

test('a file where the output folder should be is told as such', async () => {
  world.write({ afile: 'x' });
  const { code, stderr } = await synth('--out', 'afile');
  expect(code).toBe(3);
  expect(stderr).not.toContain('staging');
  expect(stderr).toContain('afile');
});

describe('the cache of a large fleet', () => {
  const many = Array.from({ length: 250 }, (_, index) => [`tool-${index}`, WEB] as const);

  test('is kept for the next run, but for --check, --stdout and --no-cache', async () => {
    const cache = memoryCache();
    const kept: string[] = [];
    const deps = { cache: { ...cache, write: (name: string) => kept.push(name) } };
    world.write(configFiles(Object.fromEntries(many)));
    for (const option of ['--check', '--stdout', '--no-cache']) await world.run(['synth', option], { deps });
    expect(kept).toEqual([]);
    world.remove('manifests-out');
    await world.run(['synth'], { deps });
    expect(kept).toHaveLength(1);
    await world.run(['synth', '--out', 'elsewhere'], { deps });
    expect(new Set(kept).size).toBe(2);
  });
});
