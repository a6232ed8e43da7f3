import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GitopsError } from '../../errors.ts';

/** A git remote as git may be given it: without a credential in it. */
export interface RemoteUrl {
  readonly kind: 'path' | 'file' | 'http' | 'ssh' | 'git';
  /** For git. */
  readonly url: string;
  /** For people: no user part, no query. */
  readonly display: string;
  /** Folder on this machine: only of `path` and `file`. */
  readonly path: string | undefined;
  /** User part of an http(s) URL, decoded. */
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const KINDS: Readonly<Record<string, RemoteUrl['kind']>> = {
  'http:': 'http',
  'https:': 'http',
  'ssh:': 'ssh',
  'git+ssh:': 'ssh',
  'git:': 'git',
  'file:': 'file',
};
/** `user@host:path`, as ssh and git have it; a slash before the colon makes it a path. */
const SCP = /^(?:([^@/:\s]+)@)?(\[[0-9a-fA-F:]+\]|[^/:@\s[\]]+):(?!\/\/)(.+)$/;
/** `ext::command` and its like run programs. */
const HELPER = /^[A-Za-z0-9]+::/;

/** Reads an address; throws `usage` for one that git could take for an option or a command. */
export function parseRemoteUrl(text: string): RemoteUrl {
  if (text === '' || hasControl(text)) throw unusable('is empty or holds control characters');
  if (text.startsWith('-')) throw unusable('begins with "-"');
  if (HELPER.test(text)) throw unusable('names a transport helper');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return parseUrl(text);
  const scp = SCP.exec(text);
  if (scp !== null) return parseScp(scp[1], scp[2] as string, scp[3] as string);
  const path = resolve(text);
  return { kind: 'path', url: path, display: text, path, user: undefined, password: undefined };
}

function parseUrl(text: string): RemoteUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url === undefined ? undefined : KINDS[url.protocol];
  if (url === undefined || kind === undefined) {
    throw unusable('is no path, file:, http(s):, ssh: or git: address');
  }
  if (url.search !== '' || url.hash !== '') throw unusable('has a query or a fragment');
  const [user, password] = [decode(url.username), decode(url.password)];
  url.password = '';
  if (kind !== 'ssh') url.username = '';
  if (url.hostname.startsWith('-') || user?.startsWith('-') || url.pathname.startsWith('/-')) {
    throw unusable('has a part that begins with "-"');
  }
  const display = new URL(url);
  display.username = '';
  return {
    kind,
    url: url.href,
    display: display.href,
    path: kind === 'file' ? fileURLToPath(url) : undefined,
    user: kind === 'http' ? user : undefined,
    password: kind === 'http' ? password : undefined,
  };
}

function parseScp(user: string | undefined, host: string, path: string): RemoteUrl {
  if ([user ?? '', host, path].some((part) => part.startsWith('-'))) {
    throw unusable('has a part that begins with "-"');
  }
  const display = `${host}:${path}`;
  const url = user === undefined ? display : `${user}@${display}`;
  return { kind: 'ssh', url, display, path: undefined, user: undefined, password: undefined };
}

/** What a branch may be called: git's own rules, so that no name is an option, a pattern or a range. */
export function checkBranch(branch: string): string {
  const fine =
    /^(?!-)[^\s~^:?*[\\\p{Cc}]+$/u.test(branch) &&
    !/\.\.|@\{|\/\/|\.lock(?:\/|$)|^\/|\/$|\.$|(?:^|\/)\./.test(branch) &&
    branch !== '@' &&
    branch.length <= 200;
  if (fine) return branch;
  throw new GitopsError('usage', `not a branch name: ${JSON.stringify(branch.slice(0, 100))}`, {
    hint: 'name a branch such as "main", without refs/heads/',
  });
}

function decode(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address itself is not repeated: it may hold a password. */
function unusable(why: string): GitopsError {
  return new GitopsError('usage', `the config repo's address ${why}`, {
    hint: 'give a path, or an address such as https://host/owner/repo.git or git@host:owner/repo.git',
  });
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
