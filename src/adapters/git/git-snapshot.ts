import { isRepoPath } from '../../model/repo-path.ts';
import type { CommitId, Snapshot } from '../../ports/config-repo.ts';
import type { ObjectStore } from './object-store.ts';
import {
  FOLDER,
  findEntries,
  fromBytes,
  isFile,
  type TreeEntry,
  toBytes,
  treeEntries,
} from './tree-object.ts';

export interface SnapshotOptions {
  readonly commit: CommitId;
  /** Id of the commit's root tree. */
  readonly tree: string;
  readonly store: ObjectStore;
  readonly oidBytes: number;
  /** Brings all trees below one, in one go. */
  readonly fetchTrees: (tree: string) => Promise<void>;
}

/** A commit read through its trees: only those on the way to what is asked for, all of a level in one go. */
export function gitSnapshot(options: SnapshotOptions): Snapshot {
  const { commit, tree, store, oidBytes, fetchTrees } = options;
  const folderOf = async (folder: string): Promise<string | undefined> => {
    if (folder === '') return tree;
    const { entries } = await walk(options, [folder]);
    const entry = entries.get(folder);
    return entry?.mode === FOLDER ? entry.oid : undefined;
  };
  return {
    commit,
    async read(paths) {
      const { entries, blobs } = await walk(options, paths);
      return paths.map((path) => {
        const entry = entries.get(path);
        return entry === undefined ? undefined : blobs.get(entry.oid)?.toString('utf8');
      });
    },
    async list(folder) {
      const oid = await folderOf(folder);
      if (oid === undefined) return [];
      const data = (await store.load([oid])).get(oid) as Buffer;
      const names = [...treeEntries(data, oidBytes)].map(
        ({ mode, name }) => `${fromBytes(name)}${mode === FOLDER ? '/' : ''}`,
      );
      return names.sort();
    },
    async listAll(folder) {
      const oid = await folderOf(folder);
      if (oid === undefined) return [];
      if (!isHere(options, oid)) await fetchTrees(oid);
      return (await filesBelow(options, folder, oid)).sort();
    },
  };
}

interface Walked {
  /** What is at each path that exists. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** Contents of the files among them, by id. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

interface Place {
  readonly path: string;
  /** Names still to go, as bytes. */
  readonly names: readonly string[];
  /** Folder that the walk stands in, by its tree. */
  readonly folder: string;
}

/** Follows all paths down at once; files found on one level are read together with the folders of the next. */
async function walk({ tree, store, oidBytes }: SnapshotOptions, paths: readonly string[]): Promise<Walked> {
  const entries = new Map<string, TreeEntry>();
  const blobs = new Map<string, Buffer>();
  let places: readonly Place[] = [...new Set(paths)]
    .filter(isRepoPath)
    .map((path) => ({ path, names: path.split('/').map(toBytes), folder: tree }));
  let files: readonly string[] = [];
  while (places.length > 0 || files.length > 0) {
    const loaded = await store.load([...places.map(({ folder }) => folder), ...files]);
    for (const oid of files) blobs.set(oid, loaded.get(oid) as Buffer);
    const arrived = new Map<string, TreeEntry>();
    places = step(places, lookUp(places, loaded, oidBytes), arrived);
    for (const [path, entry] of arrived) entries.set(path, entry);
    files = [...arrived.values()].filter(isFile).map(({ oid }) => oid);
  }
  return { entries, blobs };
}

/** One name further; what that was the last name of has arrived. */
function step(places: readonly Place[], found: Found, arrived: Map<string, TreeEntry>): readonly Place[] {
  const next: Place[] = [];
  for (const { path, names, folder } of places) {
    const entry = found.get(folder)?.get(names[0] as string);
    if (entry === undefined) continue;
    if (names.length === 1) arrived.set(path, entry);
    else if (entry.mode === FOLDER) next.push({ path, names: names.slice(1), folder: entry.oid });
  }
  return next;
}

type Found = ReadonlyMap<string, ReadonlyMap<string, TreeEntry>>;

/** By folder, the entries that the places ask for; each folder is gone through once. */
function lookUp(places: readonly Place[], loaded: ReadonlyMap<string, Buffer>, oidBytes: number): Found {
  const names = new Map<string, Set<string>>();
  for (const place of places) {
    const wanted = names.get(place.folder) ?? new Set();
    names.set(place.folder, wanted.add(place.names[0] as string));
  }
  return new Map(
    [...names].map(([folder, wanted]) => [
      folder,
      findEntries(loaded.get(folder) as Buffer, wanted, oidBytes),
    ]),
  );
}

/** Whether all trees below one have been read before. */
function isHere({ store, oidBytes }: Pick<SnapshotOptions, 'store' | 'oidBytes'>, oid: string): boolean {
  const data = store.cachedTree(oid);
  if (data === undefined) return false;
  return [...treeEntries(data, oidBytes)].every(
    (entry) => entry.mode !== FOLDER || isHere({ store, oidBytes }, entry.oid),
  );
}

async function filesBelow(
  { store, oidBytes }: SnapshotOptions,
  folder: string,
  oid: string,
): Promise<string[]> {
  const files: string[] = [];
  let level = [{ prefix: folder === '' ? '' : `${folder}/`, oid }];
  while (level.length > 0) {
    const loaded = await store.load(level.map((place) => place.oid));
    const next: typeof level = [];
    for (const place of level) {
      for (const entry of treeEntries(loaded.get(place.oid) as Buffer, oidBytes)) {
        const path = `${place.prefix}${fromBytes(entry.name)}`;
        if (entry.mode === FOLDER) next.push({ prefix: `${path}/`, oid: entry.oid });
        else if (isFile(entry)) files.push(path);
      }
    }
    level = next;
  }
  return files;
}
