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

/** Offsets of an entry: a folder of 100,000 tools has as many, so nothing is made for one that is not asked for. */
interface Span {
  start: number;
  name: number;
  nul: number;
  end: number;
}

/** The entry that starts at an offset, written into `span`. */
function readSpan(tree: Buffer, at: number, oidBytes: number, span: Span): Span {
  span.start = at;
  // A mode has five digits or six.
  span.name = tree[at + 5] === 0x20 ? at + 6 : at + 7;
  span.nul = tree.indexOf(0, span.name);
  span.end = span.nul + 1 + oidBytes;
  return span;
}

function entryAt(tree: Buffer, { start, name, nul, end }: Span): TreeEntry {
  return {
    mode: tree.toString('latin1', start, name - 1),
    name: tree.toString('latin1', name, nul),
    oid: tree.toString('hex', nul + 1, end),
  };
}

/** Every entry in order. `oidBytes` is 20, or 32 in a SHA-256 repo. */
export function* treeEntries(tree: Buffer, oidBytes: number): Generator<TreeEntry> {
  const span: Span = { start: 0, name: 0, nul: 0, end: 0 };
  while (span.end < tree.length) yield entryAt(tree, readSpan(tree, span.end, oidBytes, span));
}

/** The entries with these names, in one pass. */
export function findEntries(
  tree: Buffer,
  names: ReadonlySet<string>,
  oidBytes: number,
): ReadonlyMap<string, TreeEntry> {
  const found = new Map<string, TreeEntry>();
  const lengths = new Set([...names].map((name) => name.length));
  const span: Span = { start: 0, name: 0, nul: 0, end: 0 };
  while (span.end < tree.length && found.size < names.size) {
    readSpan(tree, span.end, oidBytes, span);
    if (!lengths.has(span.nul - span.name)) continue;
    const name = tree.toString('latin1', span.name, span.nul);
    if (names.has(name)) found.set(name, entryAt(tree, span));
  }
  return found;
}

/** The tree with some entries replaced; `undefined` takes one out. What stays is copied in long runs. */
export function replaceEntries(
  tree: Buffer,
  edits: ReadonlyMap<string, TreeEntry | undefined>,
  oidBytes: number,
): Buffer {
  const added = [...edits.values()].filter((entry) => entry !== undefined).map(keyed);
  added.sort((a, b) => Buffer.compare(a.key, b.key));
  const lengths = new Set([...edits.keys()].map((name) => name.length));
  const parts: Buffer[] = [];
  const span: Span = { start: 0, name: 0, nul: 0, end: 0 };
  let [next, copied] = [0, 0];
  while (span.end < tree.length) {
    readSpan(tree, span.end, oidBytes, span);
    for (; next < added.length && isBefore(added[next] as Keyed, tree, span); next += 1) {
      parts.push(tree.subarray(copied, span.start), (added[next] as Keyed).bytes);
      copied = span.start;
    }
    if (!lengths.has(span.nul - span.name)) continue;
    if (!edits.has(tree.toString('latin1', span.name, span.nul))) continue;
    parts.push(tree.subarray(copied, span.start));
    copied = span.end;
  }
  return Buffer.concat([...parts, tree.subarray(copied), ...added.slice(next).map(({ bytes }) => bytes)]);
}

interface Keyed {
  /** Git sorts a folder as if its name ended in a slash. */
  readonly key: Buffer;
  readonly bytes: Buffer;
}

function keyed({ mode, name, oid }: TreeEntry): Keyed {
  return {
    key: Buffer.from(mode === FOLDER ? `${name}/` : name, 'latin1'),
    bytes: Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(oid, 'hex')]),
  };
}

function isBefore({ key }: Keyed, tree: Buffer, { start, name, nul }: Span): boolean {
  const order = key.compare(tree, name, nul, 0, Math.min(key.length, nul - name));
  if (order !== 0 || key.length < nul - name) return order <= 0;
  const rest = key[nul - name];
  // The same up to the other's end: a folder goes on with a slash.
  const folder = tree[start] === 0x34;
  return folder && (rest === undefined || rest < 0x2f);
}
