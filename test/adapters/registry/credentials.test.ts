import { describe, expect, test } from 'vitest';
import { readCredentials } from '../../../src/adapters/registry/credentials.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const textOf = (config: unknown) => (typeof config === 'string' ? config : JSON.stringify(config));
const read = (env: Record<string, string>, config?: unknown) =>
  readCredentials({
    env,
    dockerConfig:
      config === undefined ? undefined : { path: '/home/me/.docker/config.json', text: textOf(config) },
    platformHost: 'Registry.example.org:5000',
  });

describe('readCredentials', () => {
  const login = { user: 'u', password: 'p' };

  test('the environment is for the registry of the platform alone, and goes first', () => {
    const env = { TFG_REGISTRY_USER: 'u', TFG_REGISTRY_PASSWORD: 'p' };
    const credentials = read(env, { auths: { 'registry.example.org:5000': { auth: base64('x:y') } } });
    expect(credentials.of('registry.example.org:5000')).toEqual(login);
    expect(credentials.of('registry.example.org')).toBeUndefined();
    expect(credentials.of('evil.example.org')).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ['auth', { auths: { 'ghcr.io': { auth: base64('u:p') } } }, 'ghcr.io'],
    ['user and password', { auths: { 'ghcr.io': { username: 'u', password: 'p' } } }, 'ghcr.io'],
    ['an address', { auths: { 'https://ghcr.io/v2/': { auth: base64('u:p') } } }, 'GHCR.io'],
    ['Docker Hub', { auths: { 'https://index.docker.io/v1/': { auth: base64('u:p') } } }, 'docker.io'],
  ])('reads the Docker config: %s', (_, config, host) => {
    expect(read({}, config).of(host)).toEqual(login);
  });

  test('a password may hold colons and any letters', () => {
    const credentials = read({}, { auths: { 'ghcr.io': { auth: base64('robot$a+b:p:ä:') } } });
    expect(credentials.of('ghcr.io')).toEqual({ user: 'robot$a+b', password: 'p:ä:' });
  });

  test.each([
    {},
    { auths: {} },
    { auths: [] },
    { auths: { 'ghcr.io': {} } },
    { auths: { 'ghcr.io': null } },
    { auths: { 'ghcr.io': { auth: base64('no colon') } } },
    [],
    'null',
  ])('nothing in %j', (config) => {
    expect(read({}, config).of('ghcr.io')).toBeUndefined();
    expect(read({}, config).of('__proto__')).toBeUndefined();
  });

  test('tells where only a helper would know', () => {
    const some = read({}, { credHelpers: { 'ghcr.io': 'x' } });
    expect([some.usesHelper('ghcr.io'), some.usesHelper('quay.io')]).toEqual([true, false]);
    expect(read({}, { credsStore: 'desktop' }).usesHelper('quay.io')).toBe(true);
  });

  test.each<[string, Record<string, string>, unknown, string, string?]>([
    ['half a login', { TFG_REGISTRY_USER: 'u' }, undefined, 'TFG_REGISTRY_PASSWORD is not set'],
    ['the other half', { TFG_REGISTRY_PASSWORD: '5ecret' }, undefined, 'TFG_REGISTRY_USER is not set'],
    [
      'a colon in the name',
      { TFG_REGISTRY_USER: 'u:v', TFG_REGISTRY_PASSWORD: '5ecret' },
      undefined,
      'a colon',
    ],
    [
      'a broken config',
      {},
      '{"auths": {"x": {"auth": "5ecret',
      '/home/me/.docker/config.json is not JSON',
      'filesystem',
    ],
  ])('refuses %s', (_, env, config, text, code = 'usage') => {
    const error = (() => {
      try {
        return read(env, config);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code, message: expect.stringContaining(text) });
    expect(String(error)).not.toContain('5ecret');
  });
});
