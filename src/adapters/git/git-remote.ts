import { GitopsError } from '../../errors.ts';
import type { CommitId } from '../../ports/config-repo.ts';
import { type ConfigEntry, REMOTE } from './git-env.ts';
import type { Git, GitAnswer } from './git-process.ts';
import { probeHttp, type Service } from './http-probe.ts';
import { findLocalRepo } from './local-repo.ts';
import type { Redact } from './redact.ts';
import type { RemoteUrl } from './remote-url.ts';

export interface RemoteContext {
  readonly remote: RemoteUrl;
  readonly branch: string;
  readonly token: string | undefined;
  readonly git: Git;
  readonly redact: Redact;
}

/** Git asks for just what is named: no tags, no submodules, no upkeep. */
const FETCH = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--recurse-submodules=no',
];

/**
 * Lets a fetch leave objects out. Given to fetches alone: in any other command git would go and get what is missing,
 * one object a request. Without negotiation, else the server would take what hangs on a commit of ours to be here.
 */
const PARTIAL: readonly ConfigEntry[] = [
  [`remote.${REMOTE}.promisor`, 'true'],
  [`remote.${REMOTE}.partialclonefilter`, 'tree:0'],
  ['fetch.negotiationAlgorithm', 'noop'],
];

export interface FetchOptions {
  /** Refspecs or object ids. */
  readonly wants: readonly string[];
  /** What to leave out; `undefined`: nothing, what is here already aside. */
  readonly filter: 'tree:0' | 'tree:2' | 'blob:none' | undefined;
  readonly depth?: number;
}

export function fetchFrom(git: Git, gitDir: string, options: FetchOptions): Promise<GitAnswer> {
  const { wants, filter, depth } = options;
  return git({
    gitDir,
    config: filter === undefined ? [] : PARTIAL,
    args: [
      ...FETCH,
      ...(depth === undefined ? [] : [`--depth=${depth}`]),
      ...(filter === undefined ? [] : [`--filter=${filter}`]),
      '--stdin',
      REMOTE,
    ],
    input: [`${wants.join('\n')}\n`],
  });
}

/** Where the branch is now; `undefined` when it is not there. Throws as `ConfigRepo.head` does. */
export async function branchHead(context: RemoteContext, gitDir: string): Promise<CommitId | undefined> {
  const ref = `refs/heads/${context.branch}`;
  const answer = await context.git({ gitDir, args: ['ls-remote', '--quiet', REMOTE, ref] });
  if (answer.code !== 0) throw await unreadable(context, gitDir, answer.stderr);
  return parseRefs(answer.stdout).get(ref);
}

/** Why there is no head to be read: for people who mistyped an address or start with an empty repo. */
export async function noHead(context: RemoteContext, gitDir: string): Promise<GitopsError> {
  const { git, remote, branch } = context;
  const answer = await git({ gitDir, args: ['ls-remote', '--quiet', '--heads', REMOTE] });
  if (answer.code !== 0) return unreadable(context, gitDir, answer.stderr);
  const heads = [...parseRefs(answer.stdout).keys()].map((ref) => ref.slice('refs/heads/'.length));
  if (heads.length === 0) {
    return new GitopsError('unavailable', `${remote.display} is empty: it has no commit yet`, {
      hint: `commit and push a first config repo ("toolforge-gitops init" makes one) to its branch ${branch}`,
    });
  }
  return new GitopsError('unavailable', `${remote.display} has no branch ${branch}`, {
    hint: `its branches: ${heads.slice(0, 5).join(', ')}${heads.length > 5 ? ', …' : ''}`,
  });
}

function parseRefs(stdout: Buffer): ReadonlyMap<string, CommitId> {
  const lines = stdout.toString('utf8').split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [oid = '', ref = ''] = line.split('\t');
      return [ref, oid as CommitId];
    }),
  );
}

async function unreadable(context: RemoteContext, gitDir: string, stderr: string): Promise<GitopsError> {
  const { remote } = context;
  if (remote.path !== undefined) return unreadablePath(context, remote.path, stderr);
  if (remote.kind !== 'http') return failed(context, 'cannot be reached', stderr);
  const status = await refusalOf(context, gitDir, 'git-upload-pack');
  if (status === undefined) return failed(context, 'cannot be reached', stderr);
  if (status === 404 || status === 410) {
    return new GitopsError('unavailable', `${remote.display}: no such repo (HTTP ${status})`, {
      hint: 'check the address; where the repo is private, check that the token may read it',
    });
  }
  return noPermission(context, `may not be read (HTTP ${status})`, stderr);
}

const REFUSALS = [401, 403, 404, 410, 423, 451];

/** The status of a server that refuses the service to us for good; `undefined` for one that works or fails otherwise. */
export async function refusalOf(
  { git, remote, token }: RemoteContext,
  gitDir: string,
  service: Service,
): Promise<number | undefined> {
  const status = await probeHttp(remote, token, service);
  if (status === undefined || !REFUSALS.includes(status)) return undefined;
  if (service === 'git-receive-pack') return status;
  // The probe has no credential helper, git may have one: only if it fails again is it refused as well.
  const again = await git({ gitDir, args: ['ls-remote', '--quiet', REMOTE, 'HEAD'] });
  return again.code === 0 ? undefined : status;
}

function unreadablePath(context: RemoteContext, path: string, stderr: string): GitopsError {
  const { remote } = context;
  if (findLocalRepo(path) !== undefined) return noPermission(context, 'may not be read', stderr);
  return new GitopsError('unavailable', `${remote.display} is not a git repository`, {
    hint: 'name the folder of a git repository, bare or not',
  });
}

export function noPermission({ remote, redact }: RemoteContext, what: string, stderr: string): GitopsError {
  const said = redact(stderr);
  return new GitopsError('permission', `${remote.display} ${what}${said === '' ? '' : `: ${said}`}`, {
    hint:
      remote.kind === 'http'
        ? 'set TFG_GITEA_TOKEN (or a git credential helper) to a token with write access; check that the branch takes pushes from its user and that the repo is not archived'
        : 'check that this key or user may write, that the branch takes pushes and the repo is not archived or full',
  });
}

export function failed({ remote, redact }: RemoteContext, what: string, stderr: string): GitopsError {
  const said = redact(stderr);
  return new GitopsError('remote-failed', `${remote.display} ${what}${said === '' ? '' : `: ${said}`}`, {
    hint: 'check the address and the network, then run the same command again: it is safe',
  });
}
