import { createHash } from 'node:crypto';
import { GitopsError } from '../../src/errors.ts';
import type { Change } from '../../src/model/change.ts';
import { hasChangeId, messageWithId } from '../../src/model/change-id.ts';
import { isRepoPath } from '../../src/model/repo-path.ts';
import type {
  CommitId,
  CommitInfo,
  CommitOptions,
  ConfigRepo,
  Landed,
  Snapshot,
} from '../../src/ports/config-repo.ts';

type Tree = ReadonlyMap<string, string>;

interface Entry {
  readonly info: CommitInfo;
  readonly tree: Tree;
  readonly touched: ReadonlySet<string>;
}

export interface MemoryConfigRepo extends ConfigRepo {
  /** Every change that was landed, oldest first. */
  readonly changes: readonly Change[];
  /** What the newest commit holds. */
  files(): Readonly<Record<string, string>>;
}

/** A config repo that is a list of commits in memory; a commit on anything but the newest is `stale-head`. */
export function memoryConfigRepo(seed: Readonly<Record<string, string>> = {}): MemoryConfigRepo {
  const first: CommitInfo = {
    commit: commitId('seed'),
    subject: 'seed',
    message: 'seed\n',
    author: { name: 'seed', email: 'seed@example.org' },
    date: '2026-01-01T00:00:00Z',
  };
  const tree = new Map(Object.entries(seed));
  const entries: Entry[] = [{ info: first, tree, touched: new Set(tree.keys()) }];
  const changes: Change[] = [];
  const newest = () => entries.at(-1) as Entry;
  return {
    name: 'memory',
    changes,
    files: () => Object.fromEntries(newest().tree),
    head: async () => snapshot(newest()),
    async commit(base, change, options): Promise<Landed> {
      const parent = newest().info.commit;
      if (base.commit !== parent) throw new GitopsError('stale-head', 'memory: the branch moved');
      entries.push(nextEntry(newest(), change, options));
      changes.push(change);
      return { commit: newest().info.commit, parent };
    },
    log: async (path, limit) =>
      entries
        .filter(({ touched }) => [...touched].some((file) => isBelow(file, path)))
        .map(({ info }) => info)
        .reverse()
        .slice(0, limit),
    async findLanded(base, changeId) {
      const after = entries.findIndex(({ info }) => info.commit === base) + 1;
      return entries.slice(after).find(({ info }) => hasChangeId(info.message, changeId))?.info.commit;
    },
  };
}

function nextEntry(parent: Entry, change: Change, options: CommitOptions): Entry {
  const bad = change.files.find(({ path }) => !isRepoPath(path));
  if (bad !== undefined) throw new GitopsError('refused', 'memory: not a path in the repo');
  const tree = new Map(parent.tree);
  for (const { path, text } of change.files) {
    if (text === undefined) tree.delete(path);
    else tree.set(path, text);
  }
  const message = messageWithId(change.message, options.changeId);
  const commit = commitId(`${parent.info.commit}${message}${options.date}`);
  const { author, date } = options;
  const info = { commit, subject: message.split('\n', 1)[0] as string, message, author, date };
  return { info, tree, touched: new Set(change.files.map(({ path }) => path)) };
}

function snapshot({ info, tree }: Entry): Snapshot {
  return {
    commit: info.commit,
    read: async (paths) => paths.map((path) => tree.get(path)),
    list: async (folder) => {
      const prefix = folder === '' ? '' : `${folder}/`;
      const below = [...tree.keys()].filter((path) => path.startsWith(prefix));
      const names = below.map((path) => {
        const rest = path.slice(prefix.length);
        return rest.includes('/') ? rest.slice(0, rest.indexOf('/') + 1) : rest;
      });
      return [...new Set(names)].sort();
    },
    listAll: async (folder) =>
      [...tree.keys()].filter((path) => isBelow(path, folder) && path !== folder).sort(),
  };
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function commitId(text: string): CommitId {
  return createHash('sha1').update(text).digest('hex') as CommitId;
}
