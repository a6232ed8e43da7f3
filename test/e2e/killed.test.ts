import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld, filesBelow } from '../support/cli-world.ts';
import { cleanEnv, MAIN, runCli } from '../support/run-cli.ts';
import { configFiles, platformYaml, WEB } from '../support/specs.ts';

const STAGING = '.toolforge-gitops-staging-';
const NAMES = Array.from({ length: 150 }, (_, index) => `tool-${index}`);
const SPECS = Object.fromEntries(NAMES.map((name) => [name, WEB]));

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
});
afterEach(() => world.close());

const entries = () => readdirSync(world.root);
const output = () => filesBelow(join(world.root, 'manifests-out'));
const isStaging = () => entries().some((name) => name.startsWith(STAGING));

/** Starts a synth and kills it as soon as `reached` holds; whether that came about before it ended. */
async function killWhen(reached: () => boolean): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, 'synth'], { cwd: world.root, env: cleanEnv(world.root) });
  let ended = false;
  const end = new Promise<void>((done) => {
    child.on('close', () => {
      ended = true;
      done();
    });
  });
  while (!ended && !reached()) await setImmediate();
  const inTime = !ended;
  child.kill('SIGKILL');
  await end;
  return inTime;
}

describe('a synth that is killed', () => {
  beforeEach(async () => {
    world.write(configFiles(SPECS, platformYaml('domain: old.example.org\n')));
    expect(await world.run(['synth'])).toMatchObject({ code: 0 });
  });

  test.each([
    { moment: 'while it stages', reached: isStaging },
    {
      moment: 'while it moves files into place',
      reached: () =>
        readFileSync(join(world.root, 'manifests-out/platform/shard-0/tool-0.yaml'), 'utf8').includes(
          'new.example',
        ),
    },
  ])('$moment leaves each file whole, and the next run puts it right', async ({ reached }) => {
    const old = output();
    world.write(configFiles(SPECS, platformYaml('domain: new.example.org\n')));
    expect(await killWhen(reached)).toBe(true);
    const left = output();
    expect(await runCli(['synth'], { cwd: world.root })).toMatchObject({ code: 0, stderr: '' });
    const fresh = output();
    expect(Object.keys(left)).toEqual(Object.keys(fresh));
    for (const [path, text] of Object.entries(left)) {
      expect(text === old[path] || text === fresh[path], path).toBe(true);
    }
    expect(await world.run(['synth', '--check'])).toMatchObject({ code: 0 });
    expect(isStaging()).toBe(false);
  });
});

describe('a synth of several threads that is killed', { timeout: 120_000 }, () => {
  const many = (domain: string) =>
    configFiles(
      Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`tool-${index}`, WEB])),
      platformYaml(`domain: ${domain}\n`),
    );
  const staged = () => entries().flatMap((name) => (name.startsWith(STAGING) ? stagedIn(name) : []));
  const stagedIn = (name: string) => {
    const folder = join(world.root, name, 'manifests-out/platform/shard-0');
    return existsSync(folder) ? readdirSync(folder) : [];
  };
  const synth = () => runCli(['synth'], { cwd: world.root });

  test.each([
    { run: 'the first run', domains: ['new.example.org'] },
    { run: 'a later run', domains: ['old.example.org', 'new.example.org'] },
  ])(
    'while they stage, $run leaves the output as it was, and the next run puts it right',
    async ({ domains }) => {
      for (const domain of domains.slice(0, -1)) {
        world.write(many(domain));
        expect(await synth()).toMatchObject({ code: 0 });
      }
      world.write(many('new.example.org'));
      const old = world.files();
      expect(await killWhen(() => staged().length >= 100)).toBe(true);
      expect(isStaging()).toBe(true);
      const left = Object.entries(world.files()).filter(([path]) => !path.startsWith(STAGING));
      expect(Object.fromEntries(left)).toEqual(old);
      expect(await synth()).toMatchObject({ code: 0, stderr: '' });
      expect(isStaging()).toBe(false);
      expect(await world.run(['synth', '--check'])).toMatchObject({ code: 0 });
    },
  );
});
