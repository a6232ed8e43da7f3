import { GitopsError } from '../../errors.ts';

/** Where a repo is on a Gitea server. */
export interface GiteaAddress {
  /** `https://host[:port][/folder]`, without a slash at its end. */
  readonly baseUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** As named in the address; the caller knows the default. */
  readonly branch: string | undefined;
}

const SCHEME = /^gitea\+(https?:)/;
/** What Gitea allows in names of users and repos; they stand in paths of requests as they are. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/;

export function isGiteaUrl(text: string): boolean {
  return text.startsWith('gitea+');
}

/** Reads `gitea+https://host[/folder]/owner/repo[?branch=NAME]`. Throws `usage`, without the text: it may hold a secret. */
export function parseGiteaUrl(text: string): GiteaAddress {
  const http = text.replace(SCHEME, '$1');
  if (!SCHEME.test(text) || !URL.canParse(http)) throw notAnAddress('it is no address of that form');
  const url = new URL(http);
  if (url.username !== '' || url.password !== '') throw notAnAddress('it holds a user or password');
  const segments = url.pathname.replace(/\/$/, '').split('/').slice(1);
  const [owner, repo] = [segments.at(-2), segments.at(-1)?.replace(/\.git$/, '')];
  if (owner === undefined || repo === undefined || !NAME.test(owner) || !NAME.test(repo)) {
    throw notAnAddress('it does not end in owner/repo');
  }
  const folder = segments.slice(0, -2).map((segment) => `/${segment}`);
  return { baseUrl: `${url.origin}${folder.join('')}`, owner, repo, branch: branchOf(url) };
}

/** For messages. */
export function formatGiteaUrl({ baseUrl, owner, repo }: GiteaAddress): string {
  return `gitea+${baseUrl}/${owner}/${repo}`;
}

/** The same repo for git. */
export function gitUrlOf({ baseUrl, owner, repo }: GiteaAddress): string {
  return `${baseUrl}/${owner}/${repo}.git`;
}

function branchOf(url: URL): string | undefined {
  const keys = [...url.searchParams.keys()];
  if (url.hash !== '' || keys.some((key) => key !== 'branch') || keys.length > 1) {
    throw notAnAddress('only ?branch=NAME may follow the repo');
  }
  const branch = url.searchParams.get('branch') ?? undefined;
  if (branch !== undefined && !isBranchName(branch)) throw notAnAddress('the branch is no branch name');
  return branch;
}

/** Git's rules for a branch name, at most 100 characters as Gitea has it. */
export function isBranchName(name: string): boolean {
  if (name === '' || name.length > 100 || name.startsWith('-') || name === '@') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids them
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|[/.]$|^\//.test(name)) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

function notAnAddress(why: string): GitopsError {
  return new GitopsError('usage', `not the address of a Gitea repo: ${why}`, {
    hint: 'write gitea+https://host/owner/repo, and give the token in TFG_GITEA_TOKEN',
  });
}
