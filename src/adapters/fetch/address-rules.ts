import { GitopsError } from '../../errors.ts';

/** Ports of a host that platform.yaml does not name: those of web servers, so that no other service is spoken to. */
const PORTS = new Set(['', '443', '8443']);

/** An address that passed the rules. */
export interface Target {
  readonly url: URL;
  /** Named in platform.yaml: may lie on a private address, be spoken to in plain http, and on any port. */
  readonly trusted: boolean;
}

/** Holds an address against the rules; where its name leads is looked at later, when it is connected to. */
export function checkAddress(text: string, trustedHosts: readonly string[]): Target {
  if (!URL.canParse(text)) throw refused('the address is no URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw refused(`${shown(url)} holds a login`, 'leave the login out');
  const trusted = isTrusted(url, trustedHosts);
  if (url.protocol !== 'https:' && !(trusted && url.protocol === 'http:')) {
    throw refused(`${shown(url)} is not an https address`, `use the https address of the file, or ${ASK}`);
  }
  if (!trusted && !PORTS.has(url.port)) {
    throw refused(`${shown(url)} is on a port that is not fetched from`, ASK);
  }
  url.hash = '';
  return { url, trusted };
}

/** An address for messages, without what may be a secret: a login, a token in the query. */
export function shown({ protocol, host, pathname }: URL): string {
  return host === '' ? `${protocol}…` : `${protocol}//${host}${pathname}`;
}

export const ASK = 'ask a platform admin to add the host to fetch.trusted_hosts in platform.yaml';

export function refused(message: string, hint?: string): GitopsError {
  return new GitopsError('refused', `not fetched: ${message}`, { hint });
}

/** `host` trusts all its ports, `host:port` that one; a dot at the end of a name means the same host. */
function isTrusted(url: URL, trustedHosts: readonly string[]): boolean {
  const name = url.hostname.replace(/\.$/, '');
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  return trustedHosts.some((host) => [name, `${name}:${port}`].includes(host.toLowerCase()));
}
