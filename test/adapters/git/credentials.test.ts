import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GitConfigRepo, gitConfigRepo } from '../../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { GitopsError } from '../../../src/errors.ts';
import { changeOf, codeOf, optionsOf } from '../../contract/config-repo.world.ts';
import { type GitHttpServer, gitHttpServer } from '../../support/git-http-server.ts';
import { type GitSandbox, gitSandbox } from '../../support/git-sandbox.ts';

const SECRET = 's3cret-t0ken/+';
const SHOWN = [
  SECRET,
  encodeURIComponent(SECRET),
  Buffer.from(`x-access-token:${SECRET}`).toString('base64'),
];
const USERS = {
  [`x-access-token:${SECRET}`]: 'write',
  [`bot:${SECRET}`]: 'write',
  [`${SECRET}:`]: 'write',
  'x-access-token:reader': 'read',
} as const;

let sandbox: GitSandbox;
let server: GitHttpServer;
const opened: GitConfigRepo[] = [];
beforeEach(async () => {
  sandbox = gitSandbox();
  const folder = sandbox.bare('c.git', { 'a/b/c': 'x' });
  sandbox.git(['-C', folder, 'config', 'http.receivepack', 'true']);
  server = await gitHttpServer({ ...sandbox, users: USERS });
});
afterEach(async () => {
  for (const repo of opened.splice(0)) repo.dispose();
  await server.close();
  sandbox.close();
});

interface Access {
  readonly url?: string;
  readonly token?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Records what any user of the machine can see: the arguments of git. */
function open({ url = `${server.url}/c.git`, token, env = {} }: Access): GitConfigRepo {
  const log = join(sandbox.root, 'arguments');
  const program = sandbox.script('git-logged', `#!/bin/sh\necho "$@" >> '${log}'\nexec git "$@"\n`);
  const options = { url, token, branch: 'main', clock: systemClock, scratch: sandbox.root, program };
  const repo = gitConfigRepo({ ...options, env: { ...sandbox.env, ...env } });
  opened.push(repo);
  return repo;
}

const withUser = (user: string) => `${server.url.replace('://', `://${user}@`)}/c.git`;

async function write(repo: GitConfigRepo): Promise<unknown> {
  return repo.commit(await repo.head(), changeOf({ 'a/b/c': 'y' }), optionsOf());
}

describe('ways in', () => {
  test.each<[string, () => Access]>([
    ['a token', () => ({ token: SECRET })],
    ['a token for a user named in the address', () => ({ url: withUser('bot'), token: SECRET })],
    ['user and password in the address', () => ({ url: withUser(`bot:${encodeURIComponent(SECRET)}`) })],
    ['a token in the address', () => ({ url: withUser(encodeURIComponent(SECRET)) })],
    ["a person's credential helper", helper],
  ])('%s', async (_, access) => {
    const repo = open(access());
    await write(repo);
    await repo.log('a', 1);
    expect(sandbox.git(['-C', 'c.git', 'show', 'main:a/b/c'])).toBe('y');
    const visible = [repo.name, readFileSync(join(sandbox.root, 'arguments'), 'utf8')].join();
    for (const text of SHOWN) expect(visible).not.toContain(text);
  });

  function helper(): Access {
    const text = `[credential]\n\thelper = "!f() { echo username=bot; echo password=${SECRET}; }; f"\n`;
    return { env: { GIT_CONFIG_GLOBAL: sandbox.script('gitconfig', text) } };
  }
});

describe('no way in', () => {
  test.each<[string, () => Access]>([
    ['no token', () => ({})],
    ['a wrong token', () => ({ token: 'wr0ng' })],
    ['a wrong password in the address', () => ({ url: withUser('bot:wr0ng') })],
  ])('%s is no permission, told without the secret', async (_, access) => {
    const error: GitopsError = await open(access())
      .head()
      .then(
        () => expect.unreachable(),
        (caught) => caught,
      );
    expect(error).toMatchObject({ code: 'permission', hint: expect.stringContaining('TFG_GITEA_TOKEN') });
    expect(`${error.message}${error.hint}${error.stack}`).not.toContain('wr0ng');
  });

  test('a token that may only read', async () => {
    const repo = open({ token: 'reader' });
    expect(await (await repo.head()).read(['a/b/c'])).toEqual(['x']);
    expect(await codeOf(write(repo))).toBe('permission');
    expect(sandbox.git(['-C', 'c.git', 'show', 'main:a/b/c'])).toBe('x');
  });

  test('a repo that is not there', async () => {
    expect(await codeOf(open({ url: `${server.url}/none.git`, token: SECRET }).head())).toBe('unavailable');
  });

  test('what a hook of the server says is shown, without secrets and terminal sequences', async () => {
    const said = `echo "denied for \\033[31mhttp://bot:pw@host/ ${SECRET}"`;
    sandbox.script('c.git/hooks/pre-receive', `#!/bin/sh\n${said} >&2\nexit 1\n`);
    const error: GitopsError = await write(open({ token: SECRET })).then(
      () => expect.unreachable(),
      (caught) => caught,
    );
    expect(error.code).toBe('permission');
    expect(error.message).toContain('denied for');
    expect(error.message).not.toMatch(/s3cret|pw@|\p{Cc}/u);
  });
});

test('a token does not follow the server to another place', async () => {
  const seen: (string | undefined)[] = [];
  const other = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const target = `http://localhost:${(other.address() as AddressInfo).port}`;
  const pointing = createServer((request, response) => {
    response.writeHead(302, { location: `${target}${request.url}` }).end();
  });
  await new Promise<void>((listening) => pointing.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(pointing.address() as AddressInfo).port}/c.git`;
  try {
    expect(await codeOf(open({ url, token: SECRET }).head())).toBe('remote-failed');
    expect(seen).toEqual([]);
  } finally {
    other.close();
    pointing.close();
  }
});
