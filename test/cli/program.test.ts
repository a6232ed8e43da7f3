import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { BROKEN, configFiles, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeAll(() => {
  world = cliWorld();
  world.write(configFiles({ hello: WEB }));
  world.write({ 'other/tools-config/hello/toolforge.yaml': BROKEN });
});
afterAll(() => world.close());

describe('a command line that cannot be read exits 2 and says what was likely meant', () => {
  test.each([
    { args: ['valdate'], says: 'Did you mean validate?' },
    { args: ['validate', '--strct'], says: 'Did you mean --strict?' },
    { args: ['validate', 'hllo'], says: 'did you mean "hello"?' },
    { args: ['synth', 'hllo'], says: 'did you mean "hello"?' },
    { args: ['validate', '--format', 'xml'], says: 'text, json, github, sarif' },
    { args: ['diff', 'hello'], says: 'too many arguments' },
    { args: ['bump', 'hello'], says: "missing required argument 'component'" },
    { args: ['bump', 'hello', 'web'], says: '--report report.toml' },
    { args: ['bump', 'hello', 'web=a', 'web=b'], says: 'named twice' },
    { args: ['bump', 'hello', 'web=x', '--built-at', 'noon'], says: '2026-11-24T10:00:00Z' },
    { args: ['hold', 'hello'], says: "missing required argument 'component'" },
    { args: ['synth', '--shard', '-1'], says: '--shard' },
    { args: ['synth', '--shard', '7'], says: 'shards: 1' },
    { args: ['synth', '--stdout', '--part', 'half'], says: '"platform" or "tools"' },
    { args: ['synth', '--part', 'tools'], says: '--part goes with --stdout' },
    { args: ['synth', '--stdout', '--check'], says: '--stdout and --check exclude each other' },
    { args: ['synth', '--stdout', '--out', 'x'], says: '--stdout and --out exclude each other' },
    { args: ['history', 'hello', '--limit', '0'], says: '1 to 9999' },
    { args: ['validate', 'none.yaml'], says: 'no such file: none.yaml' },
    { args: ['help', 'nope'], says: 'Usage:' },
    { args: [], says: 'Usage:' },
  ])('$args', async ({ args, says }) => {
    const { code, stdout, stderr } = await world.run(args);
    expect(stderr).toContain(says);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    [['valdate', '--format', 'json'], 'Did you mean validate?'],
    [['validate', '--format=json', '--strct'], 'Did you mean --strict?'],
    [['validate', 'hllo', '--format', 'json'], 'did you mean "hello"?'],
    [['bump', '--format', 'json'], null],
  ])('%j answers JSON as well', async (args, hint) => {
    const { code, stdout } = await world.run(args);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'usage', message: expect.any(String), hint } });
  });

  test('the value of an unknown option is not repeated', async () => {
    const { code, stdout, stderr } = await world.run(['bump', '--token=hunter2', '--format', 'json']);
    expect({ code, leaks: `${stdout}${stderr}`.includes('hunter2') }).toEqual({ code: 2, leaks: false });
    expect(stderr).toContain("unknown option '--token'");
  });
});

describe('the folder', () => {
  test.each([
    [['-C', 'other', 'validate']],
    [['validate', '-C', 'other']],
    [['validate', '--directory=other']],
  ])('%j works in other/', async (args) => {
    const { code, stdout } = await world.run(args);
    expect(code).toBe(1);
    expect(stdout).toContain('tools-config/hello/toolforge.yaml:7');
  });

  test.each(['validate', 'synth', 'diff'])('%s outside a config repo exits 2', async (command) => {
    const { code, stderr } = await world.run([command, '-C', 'other/tools-config']);
    expect(stderr).toContain('-C DIR');
    expect(code).toBe(2);
  });
});

describe('output', () => {
  test('--quiet leaves results and errors', async () => {
    const quiet = await world.run(['init', 'fresh', '--quiet']);
    expect(quiet).toEqual({ code: 0, stdout: expect.stringContaining('created'), stderr: '' });
    const failing = await world.run(['-q', 'validate', 'hllo']);
    expect(failing.stderr).toContain('no tool "hllo"');
  });

  test.each([
    { name: 'a terminal', tty: true, env: {}, coloured: true },
    { name: 'a pipe', tty: false, env: {}, coloured: false },
    { name: 'NO_COLOR', tty: true, env: { NO_COLOR: '1' }, coloured: false },
    { name: 'TERM=dumb', tty: true, env: { TERM: 'dumb' }, coloured: false },
  ])('colour on $name: $coloured', async ({ tty, env, coloured }) => {
    const { stdout } = await world.run(['validate', '-C', 'other'], { tty, env });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});

describe('help', () => {
  test.each(commands.map(({ name, summary }) => ({ name, summary })))('$name --help', async (command) => {
    const { code, stdout, stderr } = await world.run([command.name, '--help'], {});
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: toolforge-gitops ${command.name}`);
    expect(stdout.replace(/\s+/g, ' ')).toContain(command.summary);
    expect(stdout).toContain('--format');
    expect(stdout).toContain('-C, --directory');
  });

  test('--version', async () => {
    expect(await world.run(['--version'])).toEqual({ code: 0, stdout: '0.0.0\n', stderr: '' });
  });
});
