/** Git's tree objects as bytes: `<mode> <name>NUL<oid>`, sorted. Names are latin1 strings here, one character a byte. */

export interface TreeEntry {
  readonly mode: string;
  /** Bytes of the name, one a character. */
  readonly name: string;
  /** Hex. */
  readonly oid: string;
}

export const FOLDER = '40000';
export const FILE = '100644';

/** Bytes of a name or path as this module keeps them. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function fromBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export function isFile({ mode }: TreeEntry): boolean {
  return mode.startsWith('100');
}

/** Every entry in order. `oidBytes` is 20, or 32 in a SHA-256 repo. */
export function* treeEntries(tree: Buffer, oidBytes: number): Generator<TreeEntry> {
  let at = 0;
  while (at < tree.length) {
    const space = tree.indexOf(0x20, at);
    const nul = tree.indexOf(0, space);
    const end = nul + 1 + oidBytes;
    yield {
      mode: tree.toString('latin1', at, space),
      name: tree.toString('latin1', space + 1, nul),
      oid: tree.toString('hex', nul + 1, end),
    };
    at = end;
  }
}

/** The entries with these names, in one pass: a folder of 100,000 tools is not worth an index for one of them. */
export function findEntries(
  tree: Buffer,
  names: ReadonlySet<string>,
  oidBytes: number,
): ReadonlyMap<string, TreeEntry> {
  const found = new Map<string, TreeEntry>();
  for (const entry of treeEntries(tree, oidBytes)) {
    if (names.has(entry.name)) found.set(entry.name, entry);
    if (found.size === names.size) break;
  }
  return found;
}

/** The tree with some entries replaced; `undefined` takes one out. */
export function replaceEntries(
  tree: Buffer,
  edits: ReadonlyMap<string, TreeEntry | undefined>,
  oidBytes: number,
): Buffer {
  const added = [...edits.values()].filter((entry) => entry !== undefined);
  added.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const parts: Buffer[] = [];
  let next = 0;
  for (const entry of treeEntries(tree, oidBytes)) {
    if (edits.has(entry.name)) continue;
    for (; next < added.length; next += 1) {
      const candidate = added[next] as TreeEntry;
      if (sortKey(candidate) > sortKey(entry)) break;
      parts.push(entryBytes(candidate));
    }
    parts.push(entryBytes(entry));
  }
  return Buffer.concat([...parts, ...added.slice(next).map(entryBytes)]);
}

function entryBytes({ mode, name, oid }: TreeEntry): Buffer {
  return Buffer.from(`${mode} ${name}\0${Buffer.from(oid, 'hex').toString('latin1')}`, 'latin1');
}

/** Git sorts a folder as if its name ended in a slash. */
function sortKey({ mode, name }: TreeEntry): string {
  return mode === FOLDER ? `${name}/` : name;
}
