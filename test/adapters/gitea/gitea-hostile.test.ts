import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import type { ConfigRepo } from '../../../src/ports/config-repo.ts';
import { changeOf, codeOf, optionsOf } from '../../contract/config-repo.world.ts';
import { PATIENT } from '../../support/bump-like.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const TOKEN = '5ecre7'.repeat(6);
const ID = 'a'.repeat(40);

interface Listening {
  readonly server: Server;
  readonly origin: string;
  readonly seen: IncomingMessage[];
}

describe('a server that is not as it should be', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  const listen = async (answer: RequestListener): Promise<Listening> => {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      answer(request, response);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  };

  const open = (
    origin: string,
    over: { token?: string; branch?: string; clock?: typeof clock; readTimeout?: number } = {},
  ): ConfigRepo =>
    giteaConfigRepo({
      address: parseGiteaUrl(`gitea+${origin}/o/r`),
      branch: over.branch ?? 'main',
      token: over.token ?? TOKEN,
      clock: over.clock ?? clock,
      limits: { ...PATIENT, maxBytes: 100_000, ...(over.readTimeout && { readTimeout: over.readTimeout }) },
    });
  const clock = fakeClock();

  test.each([301, 302, 307, 308])(
    'a redirect (%d) to another host does not carry the token there',
    async (status) => {
      const other = await listen((_, response) => response.end('{}'));
      const { origin } = await listen((_, response) => {
        response.writeHead(status, { Location: `${other.origin}/api/v1/repos/o/r/branches/main` }).end();
      });
      expect(await codeOf(open(origin).head())).toBe('remote-failed');
      expect(other.seen).toEqual([]);
    },
  );

  test.each<[string, RequestListener]>([
    ['HTML', (_, response) => response.end('<html>')],
    ['an empty answer', (_, response) => response.end()],
    ['no content', (_, response) => response.writeHead(204).end()],
    ['another shape', (_, response) => response.end('{"commit": {"id": "--upload-pack"}}')],
    ['an array', (_, response) => response.end('[]')],
    ['null', (_, response) => response.end('null')],
    ['too much', (_, response) => response.end(`{"x": "${'x'.repeat(200_000)}"}`)],
    ['a proxy that knows no such host', (_, response) => response.writeHead(404).end('default backend')],
    ['a cut', (_, response) => response.destroy()],
  ])('%s is remote-failed', async (_, answer) => {
    const { origin } = await listen(answer);
    const error = await open(origin)
      .head()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'remote-failed', hint: expect.any(String) });
  });

  test('a server that does not answer is remote-failed', async () => {
    const { origin } = await listen(() => undefined);
    expect(await codeOf(open(origin, { readTimeout: 200 }).head())).toBe('remote-failed');
  });

  test.each([
    [401, 'permission'],
    [403, 'permission'],
    [418, 'remote-failed'],
    [503, 'remote-failed'],
  ])('status %d is %s, and no message holds the token', async (status, code) => {
    const { origin, seen } = await listen((request, response) => {
      response.writeHead(status).end(JSON.stringify({ message: `no: ${request.headers.authorization}` }));
    });
    const error = (await open(origin)
      .head()
      .catch((thrown: unknown) => thrown)) as Error & { hint: string };
    expect(error).toMatchObject({ code });
    expect(seen[0]?.headers.authorization).toContain(TOKEN);
    const told = [error.message, error.hint, error.stack, JSON.stringify(error), String(error.cause)];
    expect(told.join('\n')).not.toContain(TOKEN);
  });

  test.each(['with space', 'line\nend', '"quoted"\u00e4', ''])(
    'a token that cannot be one is not sent',
    (token) => {
      let caught: unknown;
      try {
        open('http://127.0.0.1:1', { token });
      } catch (error) {
        caught = error;
      }
      expect(caught).toMatchObject({ code: 'permission' });
      if (token !== '') expect(String((caught as Error).stack)).not.toContain(token);
    },
  );

  test.each(['-x', '../main', 'a b', ''])(
    'a branch name %j is refused before anything is asked',
    (branch) => {
      expect(() => open('http://127.0.0.1:1', { branch })).toThrow(
        expect.objectContaining({ code: 'usage' }),
      );
    },
  );

  test.each([
    ['seconds', '7', 7_000],
    ['a date', new Date(fakeClock().now() + 9_000).toUTCString(), 9_000],
    ['too long', '86400', 15_000],
    ['nonsense', 'soon', 1_000],
    ['none', undefined, 1_000],
  ])('429 with Retry-After %s is waited for, within limits', async (_, retryAfter, least) => {
    let asked = 0;
    const { origin } = await listen((_request, response) => {
      asked += 1;
      if (asked === 1)
        response.writeHead(429, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end('{}');
      else response.end(JSON.stringify({ commit: { id: ID }, user_can_push: true }));
    });
    const patient = fakeClock();
    expect((await open(origin, { clock: patient }).head()).commit).toBe(ID);
    expect(patient.slept).toHaveLength(1);
    expect(patient.slept[0]).toBeGreaterThanOrEqual(least);
    expect(patient.slept[0]).toBeLessThanOrEqual(least * 1.25 + 1);
  });

  test('a write that a redirect, or a good answer without a commit, meets is not taken for landed', async () => {
    const { origin } = await listen((request, response) => {
      if (request.method === 'POST') response.writeHead(200).end('{}');
      else if (request.url?.includes('/branches/'))
        response.end(JSON.stringify({ commit: { id: ID }, user_can_push: true }));
      else response.writeHead(404).end('{}');
    });
    const repo = open(origin);
    const head = await repo.head();
    expect(await codeOf(repo.commit(head, changeOf({ 'a.txt': 'a' }), optionsOf()))).toBe('remote-failed');
  });
});
