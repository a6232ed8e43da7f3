import type { GitObjects } from './objects.ts';

export interface TreeEntry {
  readonly name: string;
  readonly mode: string;
  readonly sha: string;
}

export interface PathEntry extends TreeEntry {
  readonly path: string;
}

export type EntryType = 'tree' | 'blob' | 'commit';

export const FOLDER = '40000';
const LINK = '120000';
const SUBMODULE = '160000';

export function typeOf({ mode }: TreeEntry): EntryType {
  if (mode === FOLDER) return 'tree';
  return mode === SUBMODULE ? 'commit' : 'blob';
}

/** As the contents endpoints name it. */
export function contentType({ mode }: TreeEntry): 'dir' | 'file' | 'symlink' | 'submodule' {
  if (mode === FOLDER) return 'dir';
  if (mode === SUBMODULE) return 'submodule';
  return mode === LINK ? 'symlink' : 'file';
}

/** The entries of a tree object, in git's order. */
export function parseTree(data: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const end = data.indexOf(0, space);
    entries.push({
      mode: data.toString('latin1', at, space),
      name: data.toString('utf8', space + 1, end),
      sha: data.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

function formatTree(entries: readonly TreeEntry[]): Buffer {
  const key = (entry: TreeEntry) => Buffer.from(entry.mode === FOLDER ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((a, b) => key(a).compare(key(b)));
  return Buffer.concat(
    sorted.flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]),
  );
}

export async function readTree(objects: GitObjects, revision: string): Promise<TreeEntry[] | undefined> {
  const object = await objects.read(revision);
  return object?.type === 'tree' ? parseTree(object.data) : undefined;
}

/** What lies at a path of a tree; the tree itself at ''. Links are not followed. */
export async function entryAt(
  objects: GitObjects,
  tree: string,
  path: string,
): Promise<TreeEntry | undefined> {
  let entry: TreeEntry = { name: '', mode: FOLDER, sha: tree };
  for (const segment of path.split('/').filter((part) => part !== '')) {
    if (entry.mode !== FOLDER) return undefined;
    const found: TreeEntry | undefined = (await readTree(objects, entry.sha))?.find(
      ({ name }) => name === segment,
    );
    if (found === undefined) return undefined;
    entry = found;
  }
  return entry;
}

/** A tree's entries with those of its folders below, in the order git prints them. */
export async function walkTree(
  objects: GitObjects,
  tree: string,
  options: { readonly recursive: boolean; readonly prefix?: string },
): Promise<PathEntry[]> {
  const { recursive, prefix = '' } = options;
  const found: PathEntry[] = [];
  for (const entry of (await readTree(objects, tree)) ?? []) {
    const path = `${prefix}${entry.name}`;
    found.push({ ...entry, path });
    if (!recursive || entry.mode !== FOLDER) continue;
    found.push(...(await walkTree(objects, entry.sha, { recursive, prefix: `${path}/` })));
  }
  return found;
}

/** A new tree: `tree` (or none) with blobs put in, each at its path, and the `undefined` ones taken out. */
export async function editTree(
  objects: GitObjects,
  tree: string | undefined,
  edits: ReadonlyMap<string, string | undefined>,
): Promise<string> {
  const old = tree === undefined ? [] : ((await readTree(objects, tree)) ?? []);
  const entries = new Map(old.map((entry) => [entry.name, entry]));
  for (const [name, below] of group(edits)) {
    const here = entries.get(name);
    const blob = below.get('');
    if (below.has('')) {
      entries.delete(name);
      if (blob !== undefined) entries.set(name, { name, mode: here?.mode ?? '100644', sha: blob });
      continue;
    }
    const sha = await editTree(objects, here?.mode === FOLDER ? here.sha : undefined, below);
    if (sha === EMPTY_TREE) entries.delete(name);
    else entries.set(name, { name, mode: FOLDER, sha });
  }
  return objects.write('tree', formatTree([...entries.values()]));
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Edits by the first segment of their path; '' is the segment itself. */
function group(edits: ReadonlyMap<string, string | undefined>): Map<string, Map<string, string | undefined>> {
  const groups = new Map<string, Map<string, string | undefined>>();
  for (const [path, blob] of edits) {
    const slash = path.indexOf('/');
    const name = slash < 0 ? path : path.slice(0, slash);
    const below = groups.get(name) ?? new Map<string, string | undefined>();
    below.set(slash < 0 ? '' : path.slice(slash + 1), blob);
    groups.set(name, below);
  }
  return groups;
}
