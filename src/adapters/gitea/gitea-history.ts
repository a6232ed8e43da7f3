import { GitopsError } from '../../errors.ts';
import { hasChangeId } from '../../model/change-id.ts';
import { isRepoPath } from '../../model/repo-path.ts';
import type { CommitId, CommitInfo, Landed } from '../../ports/config-repo.ts';
import type { GiteaClient } from './gitea-client.ts';
import { isMissing, parseReply } from './gitea-errors.ts';
import { BRANCH, COMMITS, REPO } from './replies.ts';

export interface Place {
  readonly client: GiteaClient;
  readonly branch: string;
}

export interface BranchTip {
  readonly commit: CommitId;
  /** Whether the token's user may push to it; the token's own scope is not looked at. */
  readonly mayPush: boolean;
}

/** Gitea's largest page of commits. With a path it takes no other size. */
const PAGE = 50;
/** Commits that other writers may land while an answer is lost. */
const SEARCHED_PAGES = 40;

export async function readTip({ client, branch }: Place): Promise<BranchTip> {
  const name = branch.split('/').map(encodeURIComponent).join('/');
  const reply = await client.ask((api, owner, repo) => api.repos.repoGetBranch(owner, repo, name));
  if (isMissing(reply)) throw await whyNoBranch(client, branch);
  const tip = parseReply(BRANCH, reply, { name: client.name, doing: `read branch ${branch}` });
  return { commit: tip.commit.id, mayPush: tip.user_can_push };
}

async function whyNoBranch(client: GiteaClient, branch: string): Promise<GitopsError> {
  const reply = await client.ask((api, owner, repo) => api.repos.repoGet(owner, repo));
  if (isMissing(reply)) {
    return new GitopsError('unavailable', `${client.name}: no such repository, or the token may not see it`, {
      hint: 'check the address; a private repository needs TFG_GITEA_TOKEN',
    });
  }
  const repo = parseReply(REPO, reply, { name: client.name, doing: 'read the repository' });
  if (repo.empty) {
    return new GitopsError('unavailable', `${client.name}: the repository is empty`, {
      hint: `push a first commit to its branch ${branch}: \`toolforge-gitops init\` makes one`,
    });
  }
  return new GitopsError('unavailable', `${client.name}: no branch ${branch}`, {
    hint: `its default branch is ${repo.default_branch}; push ${branch}, or name another`,
  });
}

type Row = ReturnType<typeof COMMITS.parse>[number];

export async function readLog(place: Place, path: string, limit: number): Promise<CommitInfo[]> {
  if (path !== '' && !isRepoPath(path)) return [];
  const found: Row[] = [];
  for (let page = 1; found.length < limit; page += 1) {
    const rows = await readPage(place, {
      sha: place.branch,
      page,
      ...(path !== '' && { path: literal(path) }),
    });
    found.push(...rows);
    if (rows.length < PAGE) break;
  }
  // Gitea answers alike for a path without commits and for no branch at all.
  if (found.length === 0) await readTip(place);
  return found.slice(0, limit).map(({ sha, commit: { message, author } }) => ({
    commit: sha,
    subject: message.split('\n', 1)[0] as string,
    message,
    author: { name: author.name, email: author.email },
    date: utc(author.date),
  }));
}

/** The commit with this change id among those that `head` has and `base` has not. */
export async function searchLanded(
  place: Place,
  { base, head, changeId }: { readonly base: CommitId; readonly head: CommitId; readonly changeId: string },
): Promise<Landed | undefined> {
  if (base === head) return undefined;
  for (let page = 1; page <= SEARCHED_PAGES; page += 1) {
    const rows = await readPage(place, { sha: head, not: base, page });
    const row = rows.find(({ commit }) => hasChangeId(commit.message, changeId));
    if (row !== undefined) return { commit: row.sha, parent: row.parents[0]?.sha ?? base };
    if (rows.length < PAGE) return undefined;
  }
  throw new GitopsError(
    'remote-failed',
    `${place.client.name}: too many commits to tell whether the change landed`,
    {
      hint: 'run the same command again, it is safe',
    },
  );
}

interface CommitQuery {
  readonly sha: string;
  readonly page: number;
  readonly path?: string;
  readonly not?: string;
}

/** Without statistics, signatures and lists of files, which cost the server a diff a commit. */
async function readPage({ client }: Place, query: CommitQuery): Promise<Row[]> {
  const lean = { limit: PAGE, stat: false, verification: false, files: false };
  const reply = await client.ask((api, owner, repo) =>
    api.repos.repoGetAllCommits(owner, repo, { ...query, ...lean }),
  );
  if (query.path !== undefined && isMissing(reply)) return [];
  return parseReply(COMMITS, reply, { name: client.name, doing: 'read the commits' });
}

/** Gitea hands the path to git, which takes some characters for a pattern. */
function literal(path: string): string {
  return /[*?[:]/.test(path) ? `:(literal)${path}` : path;
}

function utc(date: string): string {
  return new Date(date).toISOString().replace('.000Z', 'Z');
}
