import type { Change, FileChange } from '../model/change.ts';
import type { Snapshot } from '../ports/config-repo.ts';

/** A head with changes on top that have not landed yet; what is read of the head is read once. */
export interface Overlay extends Snapshot {
  /** Lays a change on top; answers the files of it that differ from what was there. */
  apply(change: Change): Promise<readonly FileChange[]>;
}

type Texts = Map<string, string | undefined>;

export function overlaySnapshot(base: Snapshot): Overlay {
  const top: Texts = new Map();
  /** The paths on top below each folder: a batch asks for many folders. */
  const below = new Map<string, Set<string>>();
  const read = cachedReads(base);
  const list = cached((folder) => base.list(folder));
  const listAll = cached((folder) => base.listAll(folder));
  const over: Overlay = {
    commit: base.commit,
    async read(paths) {
      const known = await read(paths.filter((path) => !top.has(path)));
      return paths.map((path) => (top.has(path) ? top.get(path) : known.get(path)));
    },
    async list(folder) {
      const names = new Set(await list(folder));
      for (const path of below.get(folder) ?? []) {
        const name = entryOf(path, folder);
        if (top.get(path) !== undefined) names.add(name);
        else if (!name.endsWith('/')) names.delete(name);
        else if ((await over.listAll(inside(folder, name.slice(0, -1)))).length === 0) names.delete(name);
      }
      return [...names].sort();
    },
    async listAll(folder) {
      const paths = new Set(await listAll(folder));
      for (const path of below.get(folder) ?? []) {
        if (top.get(path) === undefined) paths.delete(path);
        else paths.add(path);
      }
      return [...paths].sort();
    },
    async apply({ files }) {
      const there = await over.read(files.map(({ path }) => path));
      const differing = files.filter(({ text }, index) => text !== there[index]);
      for (const { path, text } of differing) {
        top.set(path, text);
        for (const folder of foldersOf(path)) {
          const paths = below.get(folder) ?? new Set();
          below.set(folder, paths.add(path));
        }
      }
      return differing;
    },
  };
  return over;
}

function cachedReads(base: Snapshot): (paths: readonly string[]) => Promise<Texts> {
  const known: Texts = new Map();
  return async (paths) => {
    const missing = paths.filter((path) => !known.has(path));
    if (missing.length > 0) {
      const texts = await base.read(missing);
      missing.forEach((path, index) => {
        known.set(path, texts[index]);
      });
    }
    return known;
  };
}

/** A failed look is not kept: the next one asks again. */
function cached(look: (folder: string) => Promise<readonly string[]>): typeof look {
  const known = new Map<string, readonly string[]>();
  return async (folder) => {
    const found = known.get(folder) ?? (await look(folder));
    known.set(folder, found);
    return found;
  };
}

/** Every folder that a path is below, the root too. */
function foldersOf(path: string): readonly string[] {
  const segments = path.split('/');
  return segments.map((_, index) => segments.slice(0, index).join('/'));
}

/** What a folder's list shows of a path below it: the file's name, or the next folder's with a `/`. */
function entryOf(path: string, folder: string): string {
  const rest = path.slice(folder === '' ? 0 : folder.length + 1);
  const slash = rest.indexOf('/');
  return slash < 0 ? rest : rest.slice(0, slash + 1);
}

function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
