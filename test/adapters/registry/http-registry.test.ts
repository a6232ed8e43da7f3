import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readCredentials } from '../../../src/adapters/registry/credentials.ts';
import { httpRegistry } from '../../../src/adapters/registry/http-registry.ts';
import type { RegistryOptions } from '../../../src/adapters/registry/options.ts';
import type { GitopsError } from '../../../src/errors.ts';
import type { Registry } from '../../../src/ports/registry.ts';
import { registryContract } from '../../contract/registry.contract.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type LocalServer, localServer } from '../../support/local-server.ts';
import {
  type RegistryStandIn,
  registryStandIn,
  type StandInOptions,
} from '../../support/registry-stand-in.ts';
import { selfSigned } from '../../support/self-signed.ts';

const USER = 'bot';
const PASSWORD = 'pa:ss-5ecret';
const servers: LocalServer[] = [];
const tls = selfSigned(['localhost', '127.0.0.1']);

async function standIn(options: StandInOptions = {}): Promise<RegistryStandIn> {
  const server = await registryStandIn(options);
  servers.push(server);
  return server;
}

function adapter(host: string, over: Partial<RegistryOptions> & { anonymous?: boolean } = {}): Registry {
  const { anonymous = false, ...rest } = over;
  const env = anonymous ? {} : { TFG_REGISTRY_USER: USER, TFG_REGISTRY_PASSWORD: PASSWORD };
  return httpRegistry({
    clock: fakeClock(),
    credentials: readCredentials({ env, dockerConfig: undefined, platformHost: host }),
    platformHost: host,
    trustedHosts: [],
    insecureHosts: [host],
    timeout: 2_000,
    ...rest,
  });
}

function seed(server: RegistryStandIn): void {
  server.push('tool-demo/web', 'v1');
  server.push('tool-demo/web', 'v2');
  server.push('tool-demo/web', 'latest', 'v2');
  server.push('tool-demo/worker', 'latest', 'v1', 'docker');
  server.push('tool-demo/multi', 'latest', 'v1', 'index');
}

async function errorOf(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await promise.then(
    (value) => ({ code: 'no error', message: JSON.stringify(value), hint: '' }),
    (thrown: GitopsError) => thrown,
  );
  const text = `${error.message} (${error.hint})`;
  expect(text).not.toContain('5ecret');
  return { code: error.code, text };
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe.each<[string, StandInOptions]>([
  ['open', {}],
  ['basic', { login: { mode: 'basic', user: USER, password: PASSWORD } }],
  ['bearer', { login: { mode: 'bearer', user: USER, password: PASSWORD } }],
  ['bearer, anonymous', { login: { mode: 'bearer', user: 'other', password: 'x', anonymous: true } }],
  ['digest not told', { untold: true }],
  ['without HEAD', { headless: true, login: { mode: 'bearer', user: USER, password: PASSWORD } }],
  ['https', { tls, login: { mode: 'basic', user: USER, password: PASSWORD } }],
])('%s', (name, options) => {
  let server: RegistryStandIn;
  let registry: Registry;
  beforeAll(async () => {
    server = await registryStandIn(options);
    seed(server);
    const secure = options.tls === undefined ? {} : { insecureHosts: [], network: { ca: tls.cert } };
    registry = adapter(server.host, { anonymous: name.includes('anonymous'), ...secure });
  });
  afterAll(() => server.close());
  registryContract(`stand-in, ${name}`, () => ({ registry, host: server.host }));
});

describe('logging in', () => {
  test('a token is used again for its repository, and fetched anew once it is refused', async () => {
    const server = await standIn({ login: { mode: 'bearer', user: USER, password: PASSWORD } });
    seed(server);
    const registry = adapter(server.host);
    const image = { host: server.host, repository: 'tool-demo/web' };
    const paths = () => server.requests.map(({ path }) => path.replace(/\?.*|\/v2\/tool-demo\/web/g, ''));
    await registry.resolve({ ...image, tag: 'v1' });
    await registry.resolve({ ...image, tag: 'v2' });
    expect(paths()).toEqual(['/manifests/v1', '/token', '/manifests/v1', '/manifests/v2']);
    server.revoke();
    await registry.resolve({ ...image, tag: 'v1' });
    expect(paths().slice(4)).toEqual(['/manifests/v1', '/token', '/manifests/v1']);
    expect(server.requests[1]?.path).toBe(
      '/token?service=stand-in&scope=repository%3Atool-demo%2Fweb%3Apull',
    );
  });

  test.each<[string, StandInOptions['login'], boolean, string]>([
    [
      'a wrong password, basic',
      { mode: 'basic', user: USER, password: 'other' },
      false,
      'does not let this login',
    ],
    [
      'a wrong password, bearer',
      { mode: 'bearer', user: USER, password: 'other' },
      false,
      'does not let this login',
    ],
    ['no login, basic', { mode: 'basic', user: USER, password: PASSWORD }, true, 'wants a login'],
    ['no login, bearer', { mode: 'bearer', user: USER, password: PASSWORD }, true, 'TFG_REGISTRY_USER'],
  ])('%s: permission, with a remedy', async (_, login, anonymous, text) => {
    const server = await standIn({ ...(login && { login }) });
    seed(server);
    const registry = adapter(server.host, { anonymous });
    const error = await errorOf(registry.resolve({ host: server.host, repository: 'tool-demo/web' }));
    expect(error.code).toBe('permission');
    expect(error.text).toContain(text);
  });

  test('a login goes to its own registry alone', async () => {
    const hostile = await standIn({ login: { mode: 'basic', user: USER, password: PASSWORD } });
    const registry = adapter('registry.example.org', {
      trustedHosts: [hostile.host],
      insecureHosts: [hostile.host],
    });
    const error = await errorOf(registry.resolve({ host: hostile.host, repository: 'tool-demo/web' }));
    expect(error.code).toBe('permission');
    expect(hostile.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('nor to where the registry redirects to', async () => {
    const target = await standIn();
    const server = await standIn({ login: { mode: 'basic', user: USER, password: PASSWORD } });
    seed(target);
    const location = `${target.url}/v2/tool-demo/web/manifests/v1`;
    server.fail(undefined, { status: 307, headers: { location } });
    await adapter(server.host).resolve({ host: server.host, repository: 'tool-demo/web', tag: 'v1' });
    expect(server.requests.at(-1)?.headers.authorization).toMatch(/^Basic /);
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test.each([
    ['on a private address', (own: string) => `http://${own}/token`, 'private address'],
    ['in the clear, of a registry spoken to by https', () => 'http://192.0.2.1/token', 'insecure connection'],
    ['with a login in its address', () => 'https://user:5ecret@192.0.2.1/token', 'login in its address'],
    ['that is no URL', () => 'token', 'no URL'],
    ['that is a file', () => 'file:///etc/passwd', 'insecure connection'],
  ])('a token service %s is not asked', async (what, realm, text) => {
    const service = await standIn({ login: { mode: 'bearer', user: USER, password: PASSWORD } });
    const secure = !what.includes('private');
    const hostile = await standIn({
      ...(secure && { tls }),
      login: { mode: 'bearer', user: USER, password: PASSWORD, realm: realm(service.host) },
    });
    const registry = adapter('registry.example.org', {
      trustedHosts: [hostile.host],
      insecureHosts: secure ? [] : [hostile.host],
      network: { ca: tls.cert },
    });
    const error = await errorOf(registry.resolve({ host: hostile.host, repository: 'tool-demo/web' }));
    expect(error.code).toBe('registry-failed');
    expect(error.text).toContain(text);
    expect(service.requests).toEqual([]);
  });
});

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
    servers.push(server);
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
