import { expect } from 'vitest';
import { readCredentials } from '../../../src/adapters/registry/credentials.ts';
import { httpRegistry } from '../../../src/adapters/registry/http-registry.ts';
import type { RegistryOptions } from '../../../src/adapters/registry/options.ts';
import type { GitopsError } from '../../../src/errors.ts';
import type { Registry } from '../../../src/ports/registry.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import type { LocalServer } from '../../support/local-server.ts';
import {
  type RegistryStandIn,
  registryStandIn,
  type StandInOptions,
} from '../../support/registry-stand-in.ts';
import { selfSigned } from '../../support/self-signed.ts';

export const USER = 'bot';
export const PASSWORD = 'pa:ss-5ecret';
const servers: LocalServer[] = [];
export const tls = selfSigned(['localhost', '127.0.0.1']);

export async function standIn(options: StandInOptions = {}): Promise<RegistryStandIn> {
  const server = await registryStandIn(options);
  servers.push(server);
  return server;
}

export function adapter(
  host: string,
  over: Partial<RegistryOptions> & { anonymous?: boolean } = {},
): Registry {
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

export function seed(server: RegistryStandIn): void {
  server.push('tool-demo/web', 'v1');
  server.push('tool-demo/web', 'v2');
  server.push('tool-demo/web', 'latest', 'v2');
  server.push('tool-demo/worker', 'latest', 'v1', 'docker');
  server.push('tool-demo/multi', 'latest', 'v1', 'index');
}

export async function errorOf(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await promise.then(
    (value) => ({ code: 'no error', message: JSON.stringify(value), hint: '' }),
    (thrown: GitopsError) => thrown,
  );
  const text = `${error.message} (${error.hint})`;
  expect(text).not.toContain('5ecret');
  return { code: error.code, text };
}

/** Has a server end with the test. */
export function endWithTest(server: LocalServer): void {
  servers.push(server);
}

export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}
