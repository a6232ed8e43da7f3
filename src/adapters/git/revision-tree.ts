import { GitopsError } from '../../errors.ts';
import type { CommitId, Snapshot } from '../../ports/config-repo.ts';
import { type Env, gitEnvironment, remoteConfig } from './git-env.ts';
import { type Git, gitRunner } from './git-process.ts';
import { gitSnapshot } from './git-snapshot.ts';
import { ObjectStore } from './object-store.ts';
import { parseRemoteUrl } from './remote-url.ts';

export interface RevisionOptions {
  /** A folder in a git work tree: paths are read relative to it. */
  readonly folder: string;
  /** Branch, tag or commit, as `git rev-parse` takes it. */
  readonly ref: string;
  readonly env: Env;
}

const TIMEOUT = 60_000;

/** A commit of the repo that a folder lies in. Throws `unavailable` where there is no repo, `usage` for a ref that it does not have. */
export async function revisionTree({ folder, ref, env }: RevisionOptions): Promise<Snapshot> {
  const config = remoteConfig(parseRemoteUrl(folder), undefined);
  const git = gitRunner({ program: 'git', env: gitEnvironment(env), config, timeout: TIMEOUT });
  const { gitDir, prefix } = await locate(git, folder);
  const commit = (await revParse(git, gitDir, `${ref}^{commit}`)) as CommitId | undefined;
  const tree = await revParse(git, gitDir, `${ref}^{tree}`);
  if (commit === undefined || tree === undefined) {
    throw new GitopsError('usage', `${JSON.stringify(ref)} names no commit of the repo in ${folder}`, {
      hint: 'fetch it first, or name another branch, tag or commit',
    });
  }
  const failed = (what: string) => new GitopsError('remote-failed', `the repo in ${folder} ${what}`);
  const store = new ObjectStore({ git, gitDir: () => gitDir, fetch: undefined, failed });
  const oidBytes = commit.length / 2;
  const snapshot = gitSnapshot({ commit, tree, store, oidBytes, fetchTrees: async () => undefined });
  return below(snapshot, prefix);
}

/** The repo's own folder, and the way from its top down to `folder`. */
async function locate(git: Git, folder: string): Promise<{ gitDir: string; prefix: string }> {
  const args = ['-C', folder, 'rev-parse', '--absolute-git-dir', '--show-prefix'];
  const { code, stdout } = await git({ args });
  const [gitDir, prefix = ''] = stdout.toString('utf8').split('\n');
  if (code === 0 && gitDir !== undefined && gitDir !== '') return { gitDir, prefix };
  throw new GitopsError('unavailable', `${folder} is in no git repo`, {
    hint: '--against compares with a commit of the repo that the folder is in',
  });
}

async function revParse(git: Git, gitDir: string, revision: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', revision];
  const { code, stdout } = await git({ args, gitDir });
  return code === 0 ? stdout.toString('utf8').trim() : undefined;
}

function below(snapshot: Snapshot, prefix: string): Snapshot {
  if (prefix === '') return snapshot;
  const outer = (path: string) => `${prefix}${path}`.replace(/\/$/, '');
  return {
    commit: snapshot.commit,
    read: (paths) => snapshot.read(paths.map(outer)),
    list: (folder) => snapshot.list(outer(folder)),
    listAll: async (folder) =>
      (await snapshot.listAll(outer(folder))).map((path) => path.slice(prefix.length)),
  };
}
