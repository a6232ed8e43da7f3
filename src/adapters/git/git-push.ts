import { GitopsError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CommitId } from '../../ports/config-repo.ts';
import { checkedOutRefusal } from './checked-out.ts';
import { REMOTE } from './git-env.ts';
import type { GitAnswer } from './git-process.ts';
import { branchHead, failed, noPermission, type RemoteContext, refusalOf } from './git-remote.ts';
import type { NewObjects } from './pack.ts';

export interface PushContext extends RemoteContext {
  readonly clock: Clock;
  readonly gitDir: string;
  /** Git dir of a remote that takes a commit without more ado (see `isPlain`). */
  readonly plain: string | undefined;
}

export interface Push {
  readonly base: CommitId;
  readonly commit: CommitId;
  readonly objects: NewObjects;
  /** Looks whether the commit is among those after the base. */
  readonly findLanded: () => Promise<CommitId | undefined>;
}

/** A writer that holds the branch's lock goes on in between; one that may not write is refused each time. */
const TRIES = 4;
const PAUSE = 60;
const UNPACK_LIMIT = 200;

/** Moves the branch from base to commit, or throws `stale-head`, `permission` or `remote-failed`. */
export async function pushCommit(context: PushContext, push: Push): Promise<CommitId> {
  const { git, gitDir, plain } = context;
  // As git does on receiving: few objects become files of their own, which a lost race leaves to the next clean-up.
  const loose = plain !== undefined && push.objects.size < UNPACK_LIMIT;
  const args = loose ? ['unpack-objects', '-q'] : ['index-pack', '--stdin'];
  const stored = await git({ gitDir: plain ?? gitDir, args, input: push.objects.pack(loose ? 0 : 1) });
  if (stored.code !== 0) throw notStored(context, stored);
  let stderr = '';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const answer = await moveBranch(context, push);
    if (answer.code === 0) {
      // What git does after receiving; it looks whether there is a need, and works in the background.
      if (plain !== undefined) await git({ gitDir: plain, args: ['gc', '--auto', '--quiet'] });
      return push.commit;
    }
    stderr = answer.stderr;
    const landed = await outcome(context, push, answer);
    if (landed !== undefined) return landed;
    const pause = PAUSE * 3 ** (attempt - 1) * (0.5 + context.clock.random());
    if (attempt < TRIES) await context.clock.sleep(Math.ceil(pause));
  }
  throw await refusal(context, stderr);
}

async function refusal(context: PushContext, stderr: string): Promise<GitopsError> {
  const checkedOut = await checkedOutRefusal(context);
  return checkedOut ?? noPermission(context, `takes no commit on its branch ${context.branch}`, stderr);
}

function moveBranch({ git, gitDir, plain, branch }: PushContext, push: Push): Promise<GitAnswer> {
  const ref = `refs/heads/${branch}`;
  if (plain !== undefined) {
    return git({ gitDir: plain, args: ['update-ref', ref, push.commit, push.base] });
  }
  const lease = `--force-with-lease=${ref}:${push.base}`;
  const args = ['push', '--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', lease];
  return git({ gitDir, args: [...args, REMOTE, `${push.commit}:${ref}`] });
}

function notStored(context: PushContext, { code, stderr }: GitAnswer): GitopsError {
  if (context.plain !== undefined && code !== undefined)
    return noPermission(context, 'takes no objects', stderr);
  return failed(context, 'cannot be written to', stderr);
}

/** What a failed write came to, by the branch as it is now; `undefined` where it is worth another try. */
async function outcome(context: PushContext, push: Push, answer: GitAnswer): Promise<CommitId | undefined> {
  const { gitDir, plain, remote } = context;
  const now = await branchHead(context, gitDir);
  if (now === push.commit) return now;
  if (now !== push.base) {
    const landed = wasAnswered(answer, plain) ? undefined : await push.findLanded();
    if (landed !== undefined) return landed;
    throw new GitopsError('stale-head', `${remote.display}: the branch ${context.branch} moved meanwhile`);
  }
  if (answer.code === undefined) throw failed(context, 'did not answer in time', answer.stderr);
  if (remote.kind === 'http' && !wasAnswered(answer, plain)) {
    const refused = await refusalOf(context, gitDir, 'git-receive-pack');
    if (refused === undefined) throw failed(context, 'failed while being written to', answer.stderr);
  }
  return undefined;
}

/** `Done` ends the output of a push whose every ref the server, or git before it, has decided on (git-push(1)). */
function wasAnswered({ code, stdout }: GitAnswer, plain: string | undefined): boolean {
  if (plain !== undefined) return code !== undefined;
  return stdout.toString('latin1').split('\n').includes('Done');
}
