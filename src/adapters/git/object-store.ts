import type { GitopsError } from '../../errors.ts';
import type { Git } from './git-process.ts';

export interface ObjectStoreOptions {
  readonly git: Git;
  readonly gitDir: () => string;
  /** Fetches objects; absent where the remote's own object folder is read. */
  readonly fetch: ((oids: readonly string[]) => Promise<void>) | undefined;
  readonly failed: (what: string, stderr: string) => GitopsError;
}

/** Trees are asked for again and again: by read, by list, by commit. */
const CACHE_BYTES = 64 * 2 ** 20;

/** Reads objects by id from the scratch repo, and gets from the remote exactly those that are not there. */
export class ObjectStore {
  readonly counts = { objects: 0, fetches: 0 };
  readonly #options: ObjectStoreOptions;
  readonly #trees = new Map<string, Buffer>();
  #cached = 0;

  constructor(options: ObjectStoreOptions) {
    this.#options = options;
  }

  /** The contents, by id; each must exist. Throws `remote-failed`. */
  async load(oids: Iterable<string>): Promise<ReadonlyMap<string, Buffer>> {
    const found = new Map<string, Buffer>();
    const wanted = new Set<string>();
    for (const oid of oids) {
      const tree = this.#trees.get(oid);
      if (tree === undefined) wanted.add(oid);
      else found.set(oid, tree);
    }
    const { fetch, failed } = this.#options;
    let missing = await this.#read([...wanted], found);
    if (missing.length > 0 && fetch !== undefined) {
      this.counts.fetches += 1;
      await fetch(missing);
      missing = await this.#read(missing, found);
    }
    if (missing.length > 0) throw failed(`does not give object ${missing[0]}`, '');
    return found;
  }

  /** A tree that was read before. */
  cachedTree(oid: string): Buffer | undefined {
    return this.#trees.get(oid);
  }

  /** Adds what is here to `found`; answers what is not. */
  async #read(oids: readonly string[], found: Map<string, Buffer>): Promise<readonly string[]> {
    if (oids.length === 0) return [];
    const { git, gitDir, failed } = this.#options;
    const args = ['cat-file', '--batch', '--buffer'];
    const answer = await git({ gitDir: gitDir(), args, input: [`${oids.join('\n')}\n`] });
    if (answer.code !== 0) throw failed('has objects that cannot be read', answer.stderr);
    const missing: string[] = [];
    for (const { oid, type, data } of parseBatch(answer.stdout)) {
      if (data === undefined) {
        missing.push(oid);
        continue;
      }
      this.counts.objects += 1;
      found.set(oid, data);
      if (type === 'tree') this.#remember(oid, data);
    }
    return missing;
  }

  #remember(oid: string, data: Buffer): void {
    if (data.length > CACHE_BYTES || this.#trees.has(oid)) return;
    for (const [oldest, old] of this.#trees) {
      if (this.#cached + data.length <= CACHE_BYTES) break;
      this.#trees.delete(oldest);
      this.#cached -= old.length;
    }
    // A copy: as a part of what git wrote it would keep all of that in memory, every file's text too.
    this.#trees.set(oid, Buffer.from(data));
    this.#cached += data.length;
  }
}

interface BatchItem {
  readonly oid: string;
  readonly type: string;
  /** `undefined`: not there. */
  readonly data: Buffer | undefined;
}

/** `<oid> <type> <size>LF<contents>LF`, or `<oid> missing LF`. */
function* parseBatch(output: Buffer): Generator<BatchItem> {
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(0x0a, at);
    const [oid = '', type = '', size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (size === undefined) {
      yield { oid, type, data: undefined };
      continue;
    }
    const data = output.subarray(at, at + Number(size));
    at += Number(size) + 1;
    yield { oid, type, data };
  }
}
