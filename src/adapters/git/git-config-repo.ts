import { tmpdir } from 'node:os';
import type { Clock } from '../../ports/clock.ts';
import type { CommitId, ConfigRepo, Snapshot } from '../../ports/config-repo.ts';
import { type Env, gitEnvironment, remoteConfig } from './git-env.ts';
import { commitLog, findChange } from './git-history.ts';
import { gitRunner } from './git-process.ts';
import { pushCommit } from './git-push.ts';
import type { RemoteContext } from './git-remote.ts';
import { gitSnapshot } from './git-snapshot.ts';
import { type CommitTree, newCommit } from './new-commit.ts';
import { redactor } from './redact.ts';
import { checkBranch, parseRemoteUrl } from './remote-url.ts';
import { Workspace } from './workspace.ts';

export interface GitConfigRepoOptions {
  /** A path, or a file:, http(s):, ssh: or git: address; `host:path` means ssh. */
  readonly url: string;
  readonly branch: string;
  readonly clock: Clock;
  /** For git: PATH, HOME and the like; its own secrets (`TFG_…`) are not handed on. */
  readonly env: Env;
  /** For http(s) addresses without a password in them; without one git's credential helpers are asked. */
  readonly token?: string | undefined;
  /** Folder for scratch repos. */
  readonly scratch?: string | undefined;
  readonly program?: string | undefined;
  /** Longest time of one git command; milliseconds. */
  readonly timeout?: number | undefined;
  /** Fetches after which the scratch repo is made anew, so that a service's does not grow without end. */
  readonly renewAfter?: number | undefined;
}

export interface GitConfigRepo extends ConfigRepo {
  /** The repo at a commit that is known to be there; fetched by its id. Throws as `head` does. */
  at(commit: CommitId): Promise<Snapshot>;
  /** Removes its scratch repo; at once, so that it fits the end of a process. It may be used again afterwards. */
  dispose(): void;
  /** Objects read and fetches made so far: what the cost of a write is counted by. */
  readonly counts: { readonly objects: number; readonly fetches: number };
}

const TIMEOUT = 120_000;
const RENEW_AFTER = 200;

/**
 * A config repo on any git remote, without a work tree: reads only the folders on the way to what is asked for, writes
 * with compare-and-swap on the branch. Throws `usage` for an address or a branch that git could misread.
 */
export function gitConfigRepo(options: GitConfigRepoOptions): GitConfigRepo {
  const { token, clock, env, program = 'git', timeout = TIMEOUT } = options;
  const remote = parseRemoteUrl(options.url);
  const branch = checkBranch(options.branch);
  const config = remoteConfig(remote, token);
  const git = gitRunner({ program, env: gitEnvironment(env), config, timeout });
  const redact = redactor([token, remote.password, remote.password === undefined ? remote.user : undefined]);
  const context: RemoteContext = { remote, branch, token, git, redact };
  const work = new Workspace(context, {
    parent: options.scratch ?? tmpdir(),
    renewAfter: options.renewAfter ?? RENEW_AFTER,
  });
  const history = { ...context, local: work.local?.gitDir, scratch: () => work.another() };
  const findLanded = (base: CommitId, changeId: string) =>
    work.use(() => findChange(history, base, changeId));

  return {
    name: remote.display,
    counts: work.store.counts,
    dispose: () => work.dispose(),
    findLanded,
    head: () => work.use(async () => snapshotOf(work, await work.head())),
    at: (commit) => work.use(async () => snapshotOf(work, await work.commitTree(commit))),
    log: (path, limit) => work.use(() => commitLog(history, path, limit)),
    commit: (base, change, commitOptions) =>
      work.use(async () => {
        const from = await work.commitTree(base.commit);
        const { oidBytes, gitDir } = work.scratch;
        const made = await newCommit(from, change, commitOptions, { store: work.store, oidBytes });
        const push = {
          base: base.commit,
          commit: made.commit,
          objects: made.objects,
          findLanded: () => findLanded(base.commit, commitOptions.changeId),
        };
        const commit = await pushCommit({ ...context, clock, gitDir, plain: await work.plain() }, push);
        work.made(made);
        return { commit, parent: base.commit };
      }),
  };
}

function snapshotOf(work: Workspace, { commit, tree }: CommitTree): Snapshot {
  const { store } = work;
  const fetchTrees = (below: string) => work.fetchTrees(below);
  const { oidBytes } = work.scratch;
  const snapshot = gitSnapshot({ commit, tree, store, oidBytes, fetchTrees });
  return {
    commit,
    read: (paths) => work.use(() => snapshot.read(paths)),
    list: (folder) => work.use(() => snapshot.list(folder)),
    listAll: (folder) => work.use(() => snapshot.listAll(folder)),
  };
}
