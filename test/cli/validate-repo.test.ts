import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { configFiles, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write(configFiles({ good: WEB }));
});
afterEach(() => world.close());

const at = (path: string) => join(world.root, path);

describe('tokens.yaml', () => {
  const TOKEN = 'tfg_hello_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

  test.each([
    ['the whole repo', []],
    ['its tool', ['good']],
    ['the file', ['tools-config/good/tokens.yaml']],
  ])('is checked with %s, and never shown', async (_, words) => {
    world.write({ 'tools-config/good/tokens.yaml': `tokens: [{id: a, sha256: ${TOKEN}}]\n` });
    const { code, stdout } = await world.run(['validate', ...words]);
    expect(code).toBe(1);
    expect(stdout).toContain('tools-config/good/tokens.yaml:1');
    expect(stdout).toMatch(/`sha256` must be the SHA-256 of a token/);
    expect(stdout).not.toContain('AAAA');
  });

  test.each([
    ['an unknown key', `tokens: [{${TOKEN}}]\n`],
    ['a key of a map', `tokens:\n  - ${TOKEN}: 1\n`],
    ['a key twice', `tokens:\n  - ${TOKEN}: 1\n    ${TOKEN}: 2\n`],
    ['a key at the top', `${TOKEN}: 1\n`],
    ['no time', `tokens: [{created_at: ${TOKEN}}]\n`],
    ['no YAML', `tokens: [${TOKEN}\n`],
  ])('is never shown where it stands as %s', async (_, text) => {
    world.write({ 'tools-config/good/tokens.yaml': text });
    for (const format of ['text', 'json', 'github', 'sarif']) {
      const { code, stdout, stderr } = await world.run(['validate', '--format', format]);
      expect(code).toBe(1);
      expect(stdout).toContain('tokens.yaml');
      expect(stdout + stderr).not.toContain('AAAA');
    }
  });

  test('that cannot be read is a finding', async () => {
    symlinkSync('/etc/passwd', at('tools-config/good/tokens.yaml'));
    const { code, stdout } = await world.run(['validate']);
    expect({ code, stdout }).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/TFG014.*tokens\.yaml/),
    });
  });

  test('with a mistake keeps nothing from being rendered', async () => {
    world.write({ 'tools-config/good/tokens.yaml': 'tokens: 1\n' });
    expect((await world.run(['synth'])).code).toBe(0);
  });
});

test.each([['validate'], ['synth'], ['synth', '--check']])(
  'a missing platform.yaml is told by %s %s',
  async (...args) => {
    expect((await world.run(args)).stderr).not.toContain('platform.yaml');
    world.remove('tools-config/platform.yaml');
    expect((await world.run(args)).stderr).toBe(
      'there is no tools-config/platform.yaml: the built-in defaults hold\n',
    );
    expect((await world.run([...args, '--quiet'])).stderr).toBe('');
  },
);

describe('a folder whose name no path can hold', () => {
  test.each(['b\nad', 'b\tad', 'b\u001b[31mad', 'b\\ad'])(
    '%j is told once, with what to do',
    async (folder) => {
      mkdirSync(at(`tools-config/${folder}`));
      const { stdout } = await world.run(['validate']);
      expect(stdout).toContain('2 tools checked: 1 error');
      expect(stdout).toContain('rename the folder to at most');
      const github = await world.run(['validate', '--format', 'github']);
      expect(github.stdout).not.toContain('\u001b');
    },
  );
});
