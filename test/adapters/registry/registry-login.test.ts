import { afterEach, describe, expect, test } from 'vitest';
import type { StandInOptions } from '../../support/registry-stand-in.ts';
import { adapter, closeServers, errorOf, PASSWORD, seed, standIn, tls, USER } from './registry-world.ts';

afterEach(closeServers);

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
