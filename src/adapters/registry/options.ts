import type { Clock } from '../../ports/clock.ts';
import type { Network } from '../http/send.ts';
import type { Credentials } from './credentials.ts';

export interface RegistryOptions {
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** The platform's registry: it and the token service that it names may lie on private addresses. */
  readonly platformHost: string;
  /** Further hosts that platform.yaml names: they themselves may lie on private addresses. */
  readonly trustedHosts: readonly string[];
  /** Hosts (with their port) spoken to by plain HTTP. */
  readonly insecureHosts: readonly string[];
  /** For one request, milliseconds. */
  readonly timeout?: number;
  /** For an answer with all tries, milliseconds. */
  readonly patience?: number;
  readonly network?: Network;
}

/** One registry, with what may be done for it. */
export interface Endpoint {
  readonly base: URL;
  readonly insecure: boolean;
  mayBePrivate(url: URL): boolean;
}

/** Where a registry's API is; `undefined` when the host is no host (a port over 65535). */
export function endpointOf(host: string, options: RegistryOptions): Endpoint | undefined {
  const is = (other: string) => other.toLowerCase() === host.toLowerCase();
  const insecure = options.insecureHosts.some(is);
  const address = `${insecure ? 'http' : 'https'}://${is('docker.io') ? 'registry-1.docker.io' : host}/v2/`;
  if (!URL.canParse(address)) return undefined;
  const base = new URL(address);
  const platform = is(options.platformHost);
  const trusted = platform || options.trustedHosts.some(is);
  return { base, insecure, mayBePrivate: (url) => platform || (trusted && url.host === base.host) };
}
