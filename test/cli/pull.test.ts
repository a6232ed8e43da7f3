import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalServer, localServer } from '../support/local-server.ts';
import { type RemoteWorld, remoteWorld } from '../support/remote-world.ts';
import { BROKEN, configFiles, platformYaml, someImage, WEB } from '../support/specs.ts';

let server: LocalServer;
let world: RemoteWorld;
let answer: { status: number; text: string };

beforeEach(async () => {
  answer = { status: 200, text: WEB };
  server = await localServer((_, response) => response.writeHead(answer.status).end(answer.text));
  const from = (url: string) => `source_url: ${url}\n`;
  world = remoteWorld(
    configFiles(
      {
        hello: from(`${server.url}/toolforge.yaml`),
        private: from('https://127.0.0.1:1/toolforge.yaml'),
        metadata: from('https://169.254.169.254/latest/meta-data'),
        own: WEB,
      },
      platformYaml(`fetch: {trusted_hosts: ["${server.host}"]}\n`),
    ),
  );
});
afterEach(async () => {
  world.close();
  await server.close();
});

const pull = (...args: string[]) => world.json(['pull', ...args]);

describe('pull', () => {
  test('brings the spec from its source, with what it renders to, in one commit', async () => {
    expect(await pull('hello')).toEqual({
      code: 0,
      value: { tool: 'hello', commit: world.head(), source: `${server.url}/toolforge.yaml` },
    });
    expect(world.show('tools-config/hello/fetched.yaml')).toBe(WEB);
    await world.run(['bump', 'hello', `web=${someImage('hello', 'web', 'a')}`]);
    expect(world.show('manifests-out/tools/hello/web.yaml')).toContain('kind: Ingress');
  });

  test('the same again is no commit', async () => {
    await pull('hello');
    const before = world.head();
    expect(await pull('hello')).toMatchObject({ code: 0, value: { commit: null } });
    expect(world.head()).toBe(before);
  });

  test('mends a spec that was fetched broken', async () => {
    await pull('hello');
    answer = { status: 200, text: WEB.replace('8000', '8001') };
    expect(await pull('hello')).toMatchObject({ code: 0 });
    expect(world.show('tools-config/hello/fetched.yaml')).toContain('8001');
  });

  test('--dry-run commits nothing', async () => {
    const before = world.head();
    expect((await pull('hello', '--dry-run')).value.files).toContainEqual({
      path: 'tools-config/hello/fetched.yaml',
      change: 'write',
    });
    expect(world.head()).toBe(before);
  });

  test.each([
    {
      name: 'a spec in error',
      tool: 'hello',
      text: BROKEN,
      code: 1,
      error: 'invalid-spec',
      says: 'tools-config/hello/fetched.yaml:7',
    },
    {
      name: 'a page instead of a spec',
      tool: 'hello',
      text: '<!doctype html><p>sign in</p>',
      code: 3,
      error: 'fetch-failed',
      says: 'hint: ',
    },
    {
      name: 'another source_url in it',
      tool: 'hello',
      text: `source_url: https://evil.example/x\n${WEB}`,
      code: 0,
      error: undefined,
      says: '',
    },
    {
      name: 'a file of 1 MB',
      tool: 'hello',
      text: `# ${'x'.repeat(1024 * 1024)}\n${WEB}`,
      code: 3,
      error: 'fetch-failed',
      says: '256 KiB',
    },
    { name: 'a missing file', tool: 'hello', status: 404, code: 3, error: 'fetch-failed', says: '404' },
    { name: 'a failing server', tool: 'hello', status: 500, code: 3, error: 'fetch-failed', says: '500' },
    { name: 'a private address', tool: 'private', code: 1, error: 'refused', says: 'trusted' },
    { name: 'the cloud’s metadata', tool: 'metadata', code: 1, error: 'refused', says: 'trusted' },
    { name: 'a tool without source_url', tool: 'own', code: 1, error: 'refused', says: 'set source_url' },
    {
      name: 'a tool that is not there',
      tool: 'helo',
      code: 2,
      error: 'not-found',
      says: 'did you mean "hello"',
    },
  ])('$name: exit $code', async ({ tool, text = WEB, status = 200, code, error, says }) => {
    answer = { status, text };
    const before = world.head();
    const run = await world.run(['pull', tool, '--format', 'json']);
    expect(JSON.parse(run.stdout).error?.code).toBe(error);
    expect(run.stderr).toContain(says);
    expect(run.code).toBe(code);
    if (code !== 0) expect(world.head()).toBe(before);
  });
});
