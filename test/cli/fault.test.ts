import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CliWorld, cliWorld } from '../support/cli-world.ts';
import { configFiles, WEB } from '../support/specs.ts';

let world: CliWorld;
beforeEach(() => {
  world = cliWorld();
  world.write(configFiles({ hello: WEB }));
});
afterEach(() => world.close());

const SECRET = 'tok-4f5e6d';

/** A disk that fails as no disk does, with a secret in its words. */
function broken(env: Readonly<Record<string, string>> = {}, ...more: string[]) {
  const openFiles = () => {
    throw new TypeError(`no ${SECRET} at https://me:pass@example.org/ here`);
  };
  return world.run(['validate', ...more], {
    env: { TFG_GITEA_TOKEN: SECRET, ...env },
    deps: { openFiles },
  });
}

describe('a fault that nobody foresaw', () => {
  test('is told in words, and asks to be reported', async () => {
    const { code, stdout, stderr } = await broken();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^error: .*fault in toolforge-gitops 0\.0\.0 itself \(TypeError\)\n {2}hint: .*report.*TFG_DEBUG=1.*\n$/,
    );
  });

  test('shows its stack with TFG_DEBUG, but no secret', async () => {
    const { code, stderr } = await broken({ TFG_DEBUG: '1' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/TypeError: no \*\*\* at https:\/\/example\.org\/ here\n\s+at /);
    expect(stderr).not.toMatch(/tok-4f5e6d|me:pass/);
  });

  test('is one JSON value as well', async () => {
    const { code, stdout } = await broken({}, '--format', 'json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'fault', message: expect.stringContaining('TypeError'), hint: expect.any(String) },
    });
  });

  test('a command that cannot be loaded', async () => {
    const load = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ERR_MODULE_NOT_FOUND' }));
    const { code, stderr } = await world.run(['validate'], {
      commands: [{ name: 'validate', summary: '', load }],
    });
    expect(code).toBe(3);
    expect(stderr).toContain('(Error ERR_MODULE_NOT_FOUND)');
  });
});

describe('-C', () => {
  test.each([
    { folder: 'nowhere', says: 'no such folder: nowhere' },
    { folder: 'tools-config/platform.yaml', says: 'tools-config/platform.yaml is no folder' },
    { folder: '.', says: undefined },
  ])('$folder', async ({ folder, says }) => {
    for (const command of ['validate', 'synth', 'diff']) {
      const { code, stderr } = await world.run([command, '-C', folder]);
      expect({ code, says: stderr.split('\n')[0] }).toEqual(
        says === undefined ? { code: 0, says: '' } : { code: 2, says: `error: ${says}` },
      );
    }
  });
});
