import { GitopsError } from '../../errors.ts';
import type { RemoteContext } from './git-remote.ts';
import { findLocalRepo } from './local-repo.ts';

/**
 * The refusal of a repo on this machine in one of whose work trees the branch is checked out, which git does not change
 * behind the back of who works there; `undefined` where this is not why.
 */
export async function checkedOutRefusal({
  git,
  remote,
  branch,
}: RemoteContext): Promise<GitopsError | undefined> {
  const repo = remote.path === undefined ? undefined : findLocalRepo(remote.path);
  if (repo === undefined) return undefined;
  const { gitDir } = repo;
  const found = await git({
    gitDir,
    args: ['for-each-ref', '--format=%(worktreepath)', `refs/heads/${branch}`],
  });
  const place = found.stdout.toString('utf8').trim();
  if (found.code !== 0 || place === '') return undefined;
  const setting = await git({ gitDir, args: ['config', '--get', 'receive.denyCurrentBranch'] });
  const follows = setting.stdout.toString('utf8').trim().toLowerCase() === 'updateinstead';
  return new GitopsError(
    'permission',
    `${remote.display} takes no commit on its branch ${branch}, which is checked out in ${place}`,
    {
      hint: follows
        ? `commit or stash what is changed in ${place}, or push to a bare repo (git clone --bare)`
        : `let git update the files there too (git -C ${place} config receive.denyCurrentBranch updateInstead), ` +
          `check out something else (git -C ${place} switch --detach), or push to a bare repo (git clone --bare)`,
    },
  );
}
