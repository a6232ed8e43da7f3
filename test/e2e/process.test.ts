import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld, filesBelow } from '../support/cli-world.ts';
import { cleanEnv, MAIN, runCli } from '../support/run-cli.ts';
import { BROKEN, configFiles, WEB } from '../support/specs.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const COMMITTED = filesBelow(join(ROOT, 'manifests-out'));
const exec = promisify(execFile);

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
});
afterEach(() => world.close());

const at = (path: string) => join(world.root, path);

describe('the bundle as a process', () => {
  test.each([
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LC_ALL: 'C', NODE_ENV: 'production' },
  ])('renders the same bytes with %j, from another folder', async (env) => {
    cpSync(join(ROOT, 'tools-config'), at('copy/tools-config'), { recursive: true });
    const run = await runCli(['synth', '-C', 'copy', '--format', 'json'], { cwd: world.root, env });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(filesBelow(at('copy/manifests-out'))).toEqual(COMMITTED);
  });

  test('keeps results on stdout, errors on stderr, and the exit code', async () => {
    world.write(configFiles({ hello: BROKEN }));
    const [found, wrong, input] = await Promise.all([
      runCli(['validate', '--format', 'json'], { cwd: world.root }),
      runCli(['valdate'], { cwd: world.root }),
      runCli(['validate', '-', '--format', 'json'], { cwd: world.root, input: WEB }),
    ]);
    expect(found).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(found.stdout)).toMatchObject({ tools: 1, errors: 2, warnings: 1 });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect({ code: input.code, ...JSON.parse(input.stdout) }).toMatchObject({ code: 0, tools: 1, errors: 0 });
  });

  test('remembers what it rendered of a large fleet, in the cache folder alone', async () => {
    const names = Array.from({ length: 520 }, (_, index) => `tool-${index}`);
    world.write(configFiles(Object.fromEntries(names.map((name) => [name, WEB]))));
    const env = { XDG_CACHE_HOME: at('cache') };
    const synth = async (...more: string[]) => {
      const run = await runCli(['synth', '--format', 'json', ...more], { cwd: world.root, env });
      return JSON.parse(run.stdout).files;
    };
    const { written } = await synth();
    expect(readdirSync(at('cache/toolforge-gitops'))).toHaveLength(1);
    expect(readdirSync(world.root).sort()).toEqual(['cache', 'manifests-out', 'tools-config']);
    world.write({ 'manifests-out/platform/shard-0/tool-7.yaml': 'edited\n' });
    expect(await synth()).toEqual({ written: 1, unchanged: written - 1, deleted: 0 });
    const all = { written: 0, unchanged: written, deleted: 0 };
    expect([await synth(), await synth('--no-cache')]).toEqual([all, all]);
  });

  test('whoever reads may stop early', async () => {
    const script = 'set -o pipefail; node "$0" synth --stdout | head -c 11; echo " $?"';
    const options = { cwd: ROOT, env: { ...cleanEnv(world.root), CDK8S_OUTDIR: at('out') } };
    const { stdout, stderr } = await exec('bash', ['-c', script, MAIN], options);
    expect({ stdout, stderr }).toEqual({ stdout: '# Generated 0\n', stderr: '' });
  });

  test('`cdk8s synth` gives the same files', async () => {
    for (const name of ['tools-config', 'dist', 'cdk8s.yaml', 'package.json']) {
      cpSync(join(ROOT, name), at(name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), at('node_modules'));
    const cdk8s = join(ROOT, 'node_modules/.bin/cdk8s');
    const env = { ...cleanEnv(world.root), CI: '1', DISABLE_VERSION_CHECK: '1' };
    await exec(cdk8s, ['synth', '--check-upgrade=false'], { cwd: world.root, env });
    expect(filesBelow(at('manifests-out'))).toEqual(COMMITTED);
  });
});

/** Root may read and write everything, so as root the program runs as nobody. */
const uid = process.getuid?.() === 0 ? 65_534 : undefined;

describe('as a user without rights', () => {
  /** Where anybody can read it. */
  function program(): string {
    for (const name of readdirSync(dirname(MAIN), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.js')) continue;
      mkdirSync(dirname(at(`dist/${name}`)), { recursive: true });
      copyFileSync(join(dirname(MAIN), name), at(`dist/${name}`));
    }
    world.write({ 'package.json': '{"type":"module"}' });
    chmodSync(world.root, 0o755);
    return at('dist/main.js');
  }

  test('an unreadable spec is a finding', async () => {
    world.write(configFiles({ hello: WEB, secret: WEB }));
    const main = program();
    chmodSync(at('tools-config/secret/toolforge.yaml'), 0);
    const { code, stdout, stderr } = await runCli(['validate'], {
      cwd: world.root,
      main,
      ...(uid && { uid }),
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/TFG014.*EACCES/);
  });

  test('a folder that may not be written: exit 3, in words', async () => {
    world.write(configFiles({ hello: WEB }));
    mkdirSync(at('manifests-out'));
    const main = program();
    chmodSync(world.root, 0o555);
    chmodSync(at('manifests-out'), 0o555);
    const { code, stdout, stderr } = await runCli(['synth'], { cwd: world.root, main, ...(uid && { uid }) });
    chmodSync(world.root, 0o755);
    chmodSync(at('manifests-out'), 0o755);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^error: cannot write .*EACCES\n {2}hint: .*access/);
    expect(readdirSync(at('manifests-out'))).toEqual([]);
  });
});
