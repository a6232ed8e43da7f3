import { type ApiRequest, repoUrl } from './http.ts';
import type { GitObjects } from './objects.ts';
import type { Commit, RepoState } from './state.ts';
import { contentType, type PathEntry } from './tree.ts';

/** Files above this come without their content. */
const MAX_BLOB = 10 * 2 ** 20;

type Place = Pick<ApiRequest, 'baseUrl'>;

/** An entry as the contents endpoints show it; with its content when it is a file that was asked for by itself. */
export async function contentsOf(
  state: RepoState,
  place: Place,
  entry: PathEntry,
  withContent: boolean,
): Promise<unknown> {
  const { name, path, sha } = entry;
  const type = contentType(entry);
  const data = type === 'dir' || type === 'submodule' ? Buffer.alloc(0) : await blob(state.objects, sha);
  const shown = withContent && type === 'file' && data.length <= MAX_BLOB;
  return {
    name,
    path,
    sha,
    type,
    size: data.length,
    encoding: shown ? 'base64' : null,
    content: shown ? data.toString('base64') : null,
    target: type === 'symlink' ? data.toString('utf8') : null,
    url: `${repoUrl(state, place)}/contents/${path}`,
    submodule_git_url: null,
  };
}

export async function blobOf(state: RepoState, place: Place, sha: string): Promise<unknown> {
  const data = await blob(state.objects, sha);
  const shown = data.length <= MAX_BLOB;
  return {
    content: shown ? data.toString('base64') : null,
    encoding: shown ? 'base64' : null,
    url: `${repoUrl(state, place)}/git/blobs/${sha}`,
    sha,
    size: data.length,
  };
}

/** A commit as lists and `git/commits` show it. */
export function commitOf(state: RepoState, place: Place, commit: Commit): unknown {
  const { sha, author, committer, message } = commit;
  const url = `${repoUrl(state, place)}/git/commits/${sha}`;
  return {
    url,
    sha,
    created: committer.date,
    commit: { url, author, committer, message, tree: { url, sha, created: committer.date } },
    author: null,
    committer: null,
    parents: commit.parents.map((parent) => parentOf(state, place, parent)),
    files: null,
    stats: null,
  };
}

/** The commit of an answer to a write: flat, where a list has it nested. */
export function writtenCommit(state: RepoState, place: Place, commit: Commit): unknown {
  const { sha, author, committer, message, tree } = commit;
  return {
    url: `${repoUrl(state, place)}/git/commits/${sha}`,
    sha,
    created: NO_TIME,
    author,
    committer,
    parents: commit.parents.map((parent) => parentOf(state, place, parent)),
    message,
    tree: { url: `${repoUrl(state, place)}/git/trees/${tree}`, sha: tree, created: NO_TIME },
  };
}

const NO_TIME = '0001-01-01T00:00:00Z';

function parentOf(state: RepoState, place: Place, sha: string): unknown {
  return { url: `${repoUrl(state, place)}/git/commits/${sha}`, sha, created: NO_TIME };
}

async function blob(objects: GitObjects, sha: string): Promise<Buffer> {
  return (await objects.read(sha))?.data ?? Buffer.alloc(0);
}
