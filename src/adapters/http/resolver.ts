import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Name to addresses; tests hand in one that lies. */
export type Resolver = (hostname: string) => Promise<readonly Address[]>;

export const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** The error code of a lookup that found an address which may not be connected to. */
export const PRIVATE_ADDRESS = 'TFG_PRIVATE_ADDRESS';

/**
 * A `lookup` for a socket; without `allowPrivate` it answers public addresses alone. The socket connects to what was
 * checked here and asks no second time, so a name that changes its address in between (DNS rebinding) gains nothing.
 */
export function checkedLookup(resolve: Resolver, allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    const answer = (found: readonly Address[]): void => {
      const [first] = found;
      const bad = !allowPrivate && found.some(({ address }) => !isPublicAddress(address));
      if (first === undefined) callback(failure('ENOTFOUND'), '');
      else if (bad) callback(failure(PRIVATE_ADDRESS), '');
      else if (options.all) callback(null, [...found]);
      else callback(null, first.address, first.family);
    };
    resolve(hostname).then(answer, (error: NodeJS.ErrnoException) => callback(error, ''));
  };
}

/** Sockets look up names only, so an address written in a URL is checked by itself. */
export function isPrivateLiteral(url: URL): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) !== 0 && !isPublicAddress(host);
}

function failure(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
