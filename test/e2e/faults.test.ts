import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { cleanEnv, MAIN, runCli } from '../support/run-cli.ts';
import { configFiles, WEB } from '../support/specs.ts';

const exec = promisify(execFile);

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write(configFiles({ hello: WEB }));
});
afterEach(() => world.close());

/** What a shell shows of a script in which "$0" is node and "$1" the program. */
async function shell(script: string): Promise<{ stdout: string; stderr: string }> {
  const args = ['-c', script, process.execPath, MAIN];
  return exec('bash', args, { cwd: world.root, env: cleanEnv(world.root) });
}

const STACK = /^\s+at |node:internal|Node\.js v/m;

describe('the folder that it stands in is gone', () => {
  test.each(['validate', 'synth', 'validate -C there', 'history hello'])('%s', async (command) => {
    const gone = join(world.root, 'gone');
    mkdirSync(gone);
    const { stdout, stderr } = await shell(`cd gone; rmdir ../gone; "$0" "$1" ${command}; echo "exit $?"`);
    if (existsSync(gone)) rmdirSync(gone);
    expect(stdout).toBe('exit 2\n');
    expect(stderr).toMatch(/^error: the current folder is gone\n {2}hint: .*cd/);
    expect(stderr).not.toMatch(STACK);
  });

  test('what needs no folder works', async () => {
    const { stdout } = await shell(
      'mkdir gone; cd gone; rmdir ../gone; "$0" "$1" schema tenant >&2; echo "exit $?"',
    );
    expect(stdout).toBe('exit 0\n');
  });
});

describe.runIf(existsSync('/dev/full'))('what it prints cannot be written', () => {
  test.each(['validate', 'synth --stdout', 'validate --format json', '--help', '--version'])(
    '%s exits 3, in words',
    async (command) => {
      const { stdout, stderr } = await shell(`{ "$0" "$1" ${command} >/dev/full; echo "exit $?" >&2; }`);
      expect({ stdout, stderr }).toEqual({
        stdout: '',
        stderr: 'error: cannot write to standard output: ENOSPC\nexit 3\n',
      });
    },
  );

  test('an error that nobody can be told', async () => {
    const { stdout } = await shell('"$0" "$1" validate nope 2>/dev/full; echo "exit $?"');
    expect(stdout).toBe('exit 3\n');
  });
});

describe('the Docker config file', () => {
  const bump = (config: string) =>
    runCli(['bump', 'hello', 'web=registry.example.org/tool-hello/web:latest', '--repo', 'config'], {
      cwd: world.root,
      env: { DOCKER_CONFIG: config },
    });

  test.each([
    {
      name: 'no JSON',
      make: () => writeFileSync(at('docker/config.json'), '{"auths": {"hunter2"'),
      says: 'is not JSON',
    },
    { name: 'a folder', make: () => mkdirSync(at('docker/config.json')), says: 'EISDIR' },
  ])('$name: exit 3 and its name', async ({ make, says }) => {
    await shell(
      'git init -q -b main config && cp -r tools-config config && cd config && git add . && ' +
        'git -c user.name=x -c user.email=x@example.org commit -qm first',
    );
    mkdirSync(at('docker'));
    make();
    const { code, stdout, stderr } = await bump('docker');
    expect(stderr).toContain('docker/config.json');
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toMatch(STACK);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  });
});

function at(path: string): string {
  return join(world.root, path);
}
