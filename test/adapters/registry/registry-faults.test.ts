import { afterEach, describe, expect, test } from 'vitest';
import type { GitopsError } from '../../../src/errors.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { localServer } from '../../support/local-server.ts';
import {
  adapter,
  closeServers,
  endWithTest,
  errorOf,
  PASSWORD,
  seed,
  standIn,
  tls,
  USER,
} from './registry-world.ts';

afterEach(closeServers);

describe('hostile and failing registries', () => {
  test.each(['127.0.0.1:PORT', 'localhost:PORT', '0x7f.1:PORT', '2130706433:PORT', '[::1]:PORT'])(
    'a host that platform.yaml does not name is not asked on a private address: %s',
    async (host) => {
      const server = await standIn({ tls });
      const registry = adapter('registry.example.org', { insecureHosts: [], network: { ca: tls.cert } });
      const error = await errorOf(
        registry.resolve({ host: host.replace('PORT', `${server.port}`), repository: 'a/b' }),
      );
      expect(error.code).toBe('registry-failed');
      expect(error.text).toContain('private address');
      expect(server.requests).toEqual([]);
    },
  );

  test('the port decides too: a trusted host is one service, not a machine', async () => {
    const [trusted, other] = [await standIn(), await standIn()];
    seed(other);
    const registry = adapter('registry.example.org', {
      trustedHosts: [trusted.host],
      insecureHosts: [trusted.host, other.host],
    });
    trusted.fail({ status: 302, headers: { location: `${other.url}/v2/tool-demo/web/manifests/latest` } });
    const error = await errorOf(registry.resolve({ host: trusted.host, repository: 'tool-demo/web' }));
    expect(error.text).toContain('private address');
    expect(other.requests).toEqual([]);
  });

  test.each([
    [{ status: 500 }, 200],
    [{ status: 503, headers: { 'retry-after': '7' } }, 7_000],
    [{ status: 429, headers: { 'retry-after': 'Tue, 24 Nov 2026 10:00:09 GMT' } }, 9_000],
    [{ status: 429, headers: { 'retry-after': 'soon' } }, 200],
    ['cut' as const, 200],
  ])('asks again after %j', async (fault, pause) => {
    const server = await standIn();
    seed(server);
    server.fail(fault);
    const clock = fakeClock();
    const registry = adapter(server.host, { clock });
    await registry.resolve({ host: server.host, repository: 'tool-demo/web' });
    expect(clock.slept).toHaveLength(1);
    expect(clock.slept[0]).toBeGreaterThanOrEqual(pause);
    expect(server.requests).toHaveLength(2);
  });

  test.each([
    ['errors without end', Array(9).fill({ status: 502 }), 4, 'answered 502'],
    [
      'a pause too long to wait for',
      [{ status: 429, headers: { 'retry-after': '3600' } }],
      1,
      'answered 429',
    ],
    ['an error that does not pass', [{ status: 400 }], 1, 'answered 400'],
    ['no answer', Array(9).fill('hang'), 4, 'did not answer within 100 ms'],
    ['redirects without end', Array(9).fill({ status: 302, headers: { location: '/v2/' } }), 4, 'redirects'],
    ['a redirect to nowhere', [{ status: 302, headers: { location: 'http://[' } }], 1, 'no URL'],
    [
      'a redirect to a file',
      [{ status: 302, headers: { location: 'file:///etc/passwd' } }],
      1,
      'not plain https',
    ],
    [
      'an unknown kind of login',
      [{ status: 401, headers: { 'www-authenticate': 'Negotiate' } }],
      1,
      'unknown kind',
    ],
    ['401 without a challenge', [{ status: 401 }], 1, 'unknown kind'],
  ])('gives up on %s', async (_, faults, requests, text) => {
    const server = await standIn();
    server.fail(...faults);
    const registry = adapter(server.host, { timeout: 100 });
    const error = await errorOf(registry.resolve({ host: server.host, repository: 'tool-demo/web' }));
    expect(error.code).toBe('registry-failed');
    expect(error.text).toContain(text);
    expect(server.requests).toHaveLength(requests);
  });

  test('a body that does not end is cut', async () => {
    const server = await standIn();
    const body = Buffer.alloc(5 * 2 ** 20);
    server.fail({ status: 200 }, { status: 200, body });
    const error = await errorOf(adapter(server.host).resolve({ host: server.host, repository: 'a/b' }));
    expect(error.text).toContain('answered with too much');
  });

  test('a body that comes too slowly is not waited for', async () => {
    const server = await localServer((request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      if (request.method === 'HEAD') response.end();
      else response.write('x');
    });
    endWithTest(server);
    const registry = adapter(server.host, { timeout: 100 });
    const error = await errorOf(registry.resolve({ host: server.host, repository: 'a/b' }));
    expect(error.text).toContain('did not answer within 100 ms');
  });

  test('another digest than the one asked for is an error, told or not', async () => {
    const server = await standIn();
    const digest = server.push('a/b', 'v1');
    const told = { 'docker-content-digest': `sha256:${'1'.repeat(64)}` };
    server.fail({ status: 200, headers: told }, { status: 200 }, { status: 200, body: 'other' });
    for (const _ of ['told', 'hashed']) {
      const error = await errorOf(
        adapter(server.host).resolve({ host: server.host, repository: 'a/b', digest }),
      );
      expect(error.code).toBe('registry-failed');
      expect(error.text).toContain('another digest');
    }
  });

  test('a digest that is none is not believed', async () => {
    const server = await standIn();
    const digest = server.push('a/b', 'v1');
    server.fail({ status: 200, headers: { 'docker-content-digest': 'sha512:x' } });
    expect(await adapter(server.host).resolve({ host: server.host, repository: 'a/b', tag: 'v1' })).toBe(
      digest,
    );
  });

  test.each([
    ['no token', '{}'],
    ['no JSON', '<html>'],
    ['a token that would end a header', JSON.stringify({ token: 'a\r\nx: y' })],
    ['too much', `{"token":"${'x'.repeat(70_000)}"}`],
  ])('a token service that answers with %s', async (_, body) => {
    const server = await standIn({ login: { mode: 'bearer', user: USER, password: PASSWORD } });
    server.fail(undefined, { status: 200, body });
    const error = await errorOf(adapter(server.host).resolve({ host: server.host, repository: 'a/b' }));
    expect(error.code).toBe('registry-failed');
  });

  test.each([
    ['a port that is none', { host: 'registry.example.org:99999', repository: 'a/b' }],
    ['a path out', { host: 'registry.example.org', repository: '../_catalog' }],
    ['a query', { host: 'registry.example.org', repository: 'a/b', tag: 'v1?x=y' }],
    ['a login', { host: 'user:5ecret@registry.example.org', repository: 'a/b' }],
  ])('refuses %s without asking', async (_, image) => {
    const error = await adapter('registry.example.org')
      .resolve(image)
      .catch((thrown: GitopsError) => thrown);
    expect(error).toMatchObject({ code: 'image-rejected' });
  });

  test('a certificate that nobody vouches for', async () => {
    const server = await standIn({ tls });
    const registry = adapter(server.host, { insecureHosts: [] });
    const error = await errorOf(registry.resolve({ host: server.host, repository: 'a/b' }));
    expect(error.text).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
    expect(server.requests).toEqual([]);
  });
});
