import { readCredentials } from '../../src/adapters/registry/credentials.ts';
import { httpRegistry } from '../../src/adapters/registry/http-registry.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { RegistryWorld } from '../contract/registry.contract.ts';

/** The registry at the address that a variable names, with the login in further ones. */
export function realRegistry(
  variable: string,
  login?: { readonly user: string; readonly password: string },
): RegistryWorld {
  const { host, protocol } = new URL(process.env[variable] ?? '');
  const env = login && {
    TFG_REGISTRY_USER: process.env[login.user],
    TFG_REGISTRY_PASSWORD: process.env[login.password],
  };
  const registry = httpRegistry({
    clock: systemClock,
    credentials: readCredentials({ env: env ?? {}, dockerConfig: undefined, platformHost: host }),
    platformHost: host,
    trustedHosts: [],
    insecureHosts: protocol === 'http:' ? [host] : [],
  });
  return { registry, host };
}
