import { GitopsError } from '../../errors.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { isRepoPath } from '../../model/repo-path.ts';
import type { CommitId, ConfigRepo, Snapshot } from '../../ports/config-repo.ts';
import { type GiteaClient, WIDTH } from './gitea-client.ts';
import { isMissing, parseReply, replyError } from './gitea-errors.ts';
import { CONTENTS, TREE } from './replies.ts';

/** What lies at a path: a file with the blob that a write must name, or what a write must leave alone. */
export type Entry =
  | { readonly type: 'file'; readonly sha: string; readonly text: string }
  | { readonly type: 'dir' | 'symlink' | 'submodule' };

export interface GiteaSnapshot extends Snapshot {
  /** `undefined`: nothing lies there. Asked for once. */
  entry(path: string): Promise<Entry | undefined>;
}

/** The same branch by git. */
export interface BulkRepo extends ConfigRepo {
  at(commit: CommitId): Promise<Snapshot>;
}

export interface SnapshotOptions {
  readonly client: GiteaClient;
  readonly commit: CommitId;
  /** Reads many files at once, where Gitea takes a request a file. */
  readonly bulk: BulkRepo | undefined;
  /** So many files are many. */
  readonly bulkFiles: number;
}

/** Modes of files; links and submodules have others. */
const FILE = /^100/;
/** Gitea's largest page of a tree. */
const TREE_PAGE = 1_000;

export function giteaSnapshot(options: SnapshotOptions): GiteaSnapshot {
  const { client, commit, bulk, bulkFiles } = options;
  const known = new Map<string, Promise<Entry | undefined>>();
  const entry = (path: string): Promise<Entry | undefined> => {
    const asked = known.get(path) ?? readEntry(client, commit, path);
    known.set(path, asked);
    return asked;
  };
  /** The same commit by git, once so much was asked for that it paid; not only the head, which others move meanwhile. */
  let whole: Snapshot | undefined;
  return {
    commit,
    entry,
    async read(paths) {
      const unknown = new Set(paths.filter((path) => !known.has(path)));
      if (whole === undefined && bulk !== undefined && unknown.size > bulkFiles) {
        whole = await bulk.at(commit);
      }
      if (whole !== undefined && unknown.size > 0) return whole.read(paths);
      const entries = await inParallel(paths, WIDTH, entry);
      return entries.map((found) => (found?.type === 'file' ? found.text : undefined));
    },
    async list(folder) {
      if (whole !== undefined) return whole.list(folder);
      const entries = await readTree(client, commit, folder, false);
      return entries.map(({ path, type }) => (type === 'tree' ? `${path}/` : path)).sort();
    },
    async listAll(folder) {
      if (whole !== undefined) return whole.listAll(folder);
      const entries = await readTree(client, commit, folder, true);
      const prefix = folder === '' ? '' : `${folder}/`;
      return entries.flatMap(({ path, mode }) => (FILE.test(mode) ? [`${prefix}${path}`] : [])).sort();
    },
  };
}

/** gitea-js puts path parameters into the address as they are. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

async function readEntry(client: GiteaClient, commit: CommitId, path: string): Promise<Entry | undefined> {
  if (!isRepoPath(path)) return undefined;
  const reply = await client.ask((api, owner, repo) =>
    api.repos.repoGetContents(owner, repo, encodePath(path), { ref: commit }),
  );
  if (isMissing(reply)) return undefined;
  const found = parseReply(CONTENTS, reply, { name: client.name, doing: `read ${path}` });
  if (found.type !== 'file') return { type: found.type };
  if (found.content === null) {
    throw new GitopsError(
      'remote-failed',
      `${client.name}: cannot read ${path}: the file is too large for Gitea's API`,
      {
        hint: 'remove it from the config repo, or name the repo by its git address',
      },
    );
  }
  return { type: 'file', sha: found.sha, text: Buffer.from(found.content, 'base64').toString('utf8') };
}

type TreeEntry = NonNullable<ReturnType<typeof TREE.parse>['tree']>[number];

/**
 * A folder's entries by `git/trees`, page by page. `contents` would look up the last commit of every entry (80 s for a
 * folder of 10,000 on a Gitea 1.26). A revision `commit:path` names the folder's tree; there is 400 for none.
 */
async function readTree(
  client: GiteaClient,
  commit: CommitId,
  folder: string,
  recursive: boolean,
): Promise<TreeEntry[]> {
  if (folder !== '' && !isRepoPath(folder)) return [];
  const revision = encodeURIComponent(folder === '' ? commit : `${commit}:${folder}`);
  const doing = `list ${folder === '' ? 'the repository' : folder}`;
  const entries: TreeEntry[] = [];
  for (let page = 1; ; page += 1) {
    const reply = await client.ask((api, owner, repo) =>
      api.repos.getTree(owner, repo, revision, {
        page,
        per_page: TREE_PAGE,
        ...(recursive && { recursive }),
      }),
    );
    if (reply.status === 400 && folder !== '') return [];
    if (isMissing(reply)) throw replyError(client.name, doing, reply);
    const { tree, truncated } = parseReply(TREE, reply, { name: client.name, doing });
    entries.push(...(tree ?? []));
    if (!truncated || tree === null || tree.length === 0) return entries;
  }
}
