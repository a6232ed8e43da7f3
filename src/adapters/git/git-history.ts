import { hasChangeId } from '../../model/change-id.ts';
import type { CommitId, CommitInfo } from '../../ports/config-repo.ts';
import type { Git } from './git-process.ts';
import { failed, fetchFrom, type RemoteContext } from './git-remote.ts';
import type { Scratch } from './scratch.ts';

export interface HistoryContext extends RemoteContext {
  /** The remote's own repo where it is on this machine: its history needs no fetch. */
  readonly local: string | undefined;
  /** Makes an empty repo, removed after use: what is fetched for history would confuse later fetches of heads. */
  readonly scratch: () => Scratch;
}

/** How far back to look, step by step; history beyond the last is not looked at. */
const LOG_STEPS = [250, 2_500, 25_000];
const LANDED_STEPS = [50, 500, 5_000];

const FORMAT = '--format=%H%x00%an%x00%ae%x00%at%x00%B%x00';

interface Range {
  readonly from: string;
  readonly path?: string;
  readonly limit: number;
  /** Leave out what this commit has. */
  readonly after?: string;
}

/** The newest commits that touched a path. */
export async function commitLog(
  context: HistoryContext,
  path: string,
  limit: number,
): Promise<readonly CommitInfo[]> {
  const { local, branch, git } = context;
  const from = `refs/heads/${branch}`;
  if (local !== undefined) return revList(context, local, { from, path, limit });
  return inSteps(
    context,
    { filter: 'blob:none', steps: LOG_STEPS },
    async (gitDir, cut) => {
      const found = await revList(context, gitDir, { from, path, limit: limit + cut.size });
      // Where the fetched history is cut off, the first commit seems to have made every file.
      const real = found.filter(({ commit }) => !cut.has(commit)).slice(0, limit);
      return real.length === limit || cut.size === 0 ? { done: real } : { sofar: real };
    },
    git,
  );
}

/** The commit with this change id after a base. */
export async function findChange(
  context: HistoryContext,
  base: CommitId,
  changeId: string,
): Promise<CommitId | undefined> {
  const { local, branch, git } = context;
  const from = `refs/heads/${branch}`;
  const search = async (gitDir: string, limit: number) => {
    const known = await git({ gitDir, args: ['cat-file', '-e', base] });
    const range = { from, limit, ...(known.code === 0 && { after: base }) };
    const commits = await revList(context, gitDir, range);
    return { known: known.code === 0, found: commits.find(({ message }) => hasChangeId(message, changeId)) };
  };
  const most = LANDED_STEPS.at(-1) as number;
  if (local !== undefined) return (await search(local, most)).found?.commit;
  return inSteps<CommitId | undefined>(
    context,
    { filter: 'tree:0', steps: LANDED_STEPS },
    async (gitDir, cut) => {
      const { known, found } = await search(gitDir, most);
      if (known || found !== undefined || cut.size === 0) return { done: found?.commit };
      return { sofar: undefined };
    },
    git,
  );
}

interface Steps {
  readonly filter: 'blob:none' | 'tree:0';
  readonly steps: readonly number[];
}

type Look<T> = (
  gitDir: string,
  cut: ReadonlySet<string>,
) => Promise<{ readonly done: T } | { readonly sofar: T }>;

/** Fetches more and more of the history until there is enough of it. */
async function inSteps<T>(
  context: HistoryContext,
  { filter, steps }: Steps,
  look: Look<T>,
  git: Git,
): Promise<T> {
  const scratch = context.scratch();
  try {
    const ref = `refs/heads/${context.branch}`;
    let result: T | undefined;
    for (const depth of steps) {
      const answer = await fetchFrom(git, scratch.gitDir, { wants: [`+${ref}:${ref}`], filter, depth });
      if (answer.code !== 0) throw failed(context, 'does not give its history', answer.stderr);
      const looked = await look(scratch.gitDir, scratch.shallow());
      if ('done' in looked) return looked.done;
      result = looked.sofar;
    }
    return result as T;
  } finally {
    scratch.remove();
  }
}

async function revList(
  context: HistoryContext,
  gitDir: string,
  range: Range,
): Promise<readonly CommitInfo[]> {
  const { from, path, limit, after } = range;
  const answer = await context.git({
    gitDir,
    args: [
      '--literal-pathspecs',
      'rev-list',
      '--no-commit-header',
      FORMAT,
      `--max-count=${limit}`,
      ...(after === undefined ? [] : [`^${after}`]),
      from,
      '--',
      ...(path === undefined || path === '' ? [] : [path]),
    ],
  });
  if (answer.code !== 0) throw failed(context, 'has a history that cannot be read', answer.stderr);
  return parseCommits(answer.stdout.toString('utf8'));
}

function parseCommits(text: string): readonly CommitInfo[] {
  const fields = text.split('\0');
  const commits: CommitInfo[] = [];
  for (let at = 0; at + 4 < fields.length; at += 5) {
    const [commit = '', name = '', email = '', seconds = '', message = ''] = fields.slice(at, at + 5);
    commits.push({
      commit: commit.trim() as CommitId,
      subject: message.split('\n', 1)[0] as string,
      message,
      author: { name, email },
      date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z'),
    });
  }
  return commits;
}
