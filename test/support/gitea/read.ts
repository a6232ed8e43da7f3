import { blobOf, commitOf, contentsOf } from './answers.ts';
import {
  type Answer,
  type ApiRequest,
  failed,
  type Handler,
  notFound,
  ok,
  positive,
  repoUrl,
} from './http.ts';
import { git, type RepoState, readCommit } from './state.ts';
import { contentType, entryAt, parseTree, typeOf, walkTree } from './tree.ts';

const TREE_PAGE = 1000;
const COMMITS_PAGE = 50;
const COMMITS_DEFAULT = 30;

/** GET handlers by the first words of the path below the repo. */
export const READERS: readonly (readonly [RegExp, Handler])[] = [
  [/^$/, async (state, request) => ok(await repoInfo(state, request))],
  [/^branches\/./, branch],
  [/^git\/trees\/./, tree],
  [/^git\/blobs\/./, blob],
  [/^git\/commits\/./, commit],
  [/^contents(\/|$)/, contents],
  [/^commits$/, commits],
  [/^compare\/./, compare],
];

async function isEmpty({ dir }: RepoState): Promise<boolean> {
  return (await git(dir, 'for-each-ref', '--count=1')) === '';
}

async function repoInfo(state: RepoState, { baseUrl, mayPush }: ApiRequest): Promise<unknown> {
  const { owner, repo, archived, defaultBranch } = state;
  return {
    id: 1,
    owner: { login: owner },
    name: repo,
    full_name: `${owner}/${repo}`,
    empty: await isEmpty(state),
    private: true,
    permissions: { admin: false, push: mayPush, pull: true },
    archived,
    default_branch: defaultBranch,
    clone_url: `${baseUrl}/${owner}/${repo}.git`,
    html_url: `${baseUrl}/${owner}/${repo}`,
    object_format_name: 'sha1',
  };
}

async function branch(state: RepoState, request: ApiRequest): Promise<Answer> {
  const name = request.path.slice('branches/'.length);
  const head = await readCommit(state.objects, `refs/heads/${name}`);
  if (head === undefined) return notFound(request);
  const locked = state.protectedBranches.has(name);
  const { author, committer, message, sha } = head;
  const tip = { id: sha, message, author, committer, timestamp: committer.date };
  return ok({ name, commit: tip, protected: locked, user_can_push: request.mayPush && !locked });
}

async function tree(state: RepoState, request: ApiRequest): Promise<Answer> {
  const revision = request.path.slice('git/trees/'.length);
  const object = revision.includes(':')
    ? await state.objects.read(revision)
    : await state.objects.read(`${revision}^{tree}`);
  if (object?.type !== 'tree') return failed(request, 400, `sha not found [${revision}]`);
  const recursive = ['true', '1'].includes(request.query.get('recursive') ?? '');
  const entries = await walkTree(state.objects, object.sha, { recursive });
  const size = Math.min(positive(request.query, 'per_page', TREE_PAGE), TREE_PAGE);
  const page = positive(request.query, 'page', 1);
  const shown = entries.slice((page - 1) * size, page * size).map((entry) => ({
    path: entry.path,
    mode: entry.mode.padStart(6, '0'),
    type: typeOf(entry),
    sha: entry.sha,
  }));
  const body = {
    sha: object.sha,
    url: `${repoUrl(state, request)}/git/trees/${object.sha}`,
    tree: shown.length === 0 && page > 1 ? null : shown,
    truncated: page * size < entries.length,
    page,
    total_count: entries.length,
  };
  return ok(body, { 'X-Total-Count': String(entries.length) });
}

async function blob(state: RepoState, request: ApiRequest): Promise<Answer> {
  const sha = request.path.slice('git/blobs/'.length);
  const object = /^[0-9a-f]{40}$/.test(sha) ? await state.objects.read(sha) : undefined;
  if (object?.type !== 'blob') return failed(request, 400, `object does not exist [id: ${sha}, rel_path: ]`);
  return ok(await blobOf(state, request, sha));
}

async function commit(state: RepoState, request: ApiRequest): Promise<Answer> {
  const sha = request.path.slice('git/commits/'.length);
  const found = await readCommit(state.objects, sha);
  if (found === undefined) return notFound(request, `commit doesn't exist: ${sha}`);
  return ok(commitOf(state, request, found));
}

/** A file with its content, or what a folder holds; `..` is read as if it stood at the root. */
async function contents(state: RepoState, request: ApiRequest): Promise<Answer> {
  const ref = request.query.get('ref') || state.defaultBranch;
  const at = await readCommit(state.objects, ref);
  if (at === undefined) return notFound(request);
  const path = request.path.slice('contents/'.length).replace(/\/$/, '');
  const entry = await entryAt(state.objects, at.tree, path);
  if (entry === undefined) return notFound(request, 'GetContentsOrList');
  if (contentType(entry) !== 'dir') return ok(await contentsOf(state, request, { ...entry, path }, true));
  const below = parseTree((await state.objects.read(entry.sha))?.data ?? Buffer.alloc(0));
  const shown = below.map(({ name, mode, sha }) => {
    const full = path === '' ? name : `${path}/${name}`;
    return contentsOf(state, request, { name, mode, sha, path: full }, false);
  });
  return ok(await Promise.all(shown));
}

/** Newest first; with `path` Gitea pays no heed to `limit`, and a path without commits is not found. */
async function commits(state: RepoState, request: ApiRequest): Promise<Answer> {
  const { query } = request;
  if (await isEmpty(state)) return failed(request, 409, 'Git Repository is empty.');
  const from = await readCommit(state.objects, query.get('sha') || state.defaultBranch);
  if (from === undefined) return { status: 404, body: null };
  const path = query.get('path') ?? '';
  const not = query.get('not') ?? '';
  if (not !== '' && (await readCommit(state.objects, not)) === undefined) return failed(request, 500, '');
  const size = path === '' ? Math.min(positive(query, 'limit', COMMITS_DEFAULT), COMMITS_PAGE) : COMMITS_PAGE;
  const page = positive(query, 'page', 1);
  const args = [from.sha, ...(not === '' ? [] : ['--not', not]), ...(path === '' ? [] : ['--', path])];
  const ids = (await git(state.dir, 'rev-list', ...args)).split('\n').filter((line) => line !== '');
  if (path !== '' && ids.length === 0) return notFound(request, 'FileCommitsCount');
  const shown = ids.slice((page - 1) * size, page * size);
  const found = await Promise.all(shown.map((id) => readCommit(state.objects, id)));
  const body = found.flatMap((one) => (one === undefined ? [] : [commitOf(state, request, one)]));
  return ok(body, { 'X-Total': String(ids.length), 'X-HasMore': String(page * size < ids.length) });
}

async function compare(state: RepoState, request: ApiRequest): Promise<Answer> {
  const [from = '', to = ''] = request.path.slice('compare/'.length).split('...');
  const [base, head] = [await readCommit(state.objects, from), await readCommit(state.objects, to)];
  if (base === undefined || head === undefined) return { status: 404, body: '' };
  const ids = (await git(state.dir, 'rev-list', `${base.sha}..${head.sha}`)).split('\n').filter(Boolean);
  const found = await Promise.all(ids.map((id) => readCommit(state.objects, id)));
  const list = found.flatMap((one) => (one === undefined ? [] : [commitOf(state, request, one)]));
  return ok({ total_commits: ids.length, commits: list });
}
