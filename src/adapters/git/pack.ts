import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** New objects on their way into a repo, by their ids. */

export type ObjectType = 'commit' | 'tree' | 'blob';

const TYPE_NUMBER: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3 };

export class NewObjects {
  readonly #algorithm: string;
  readonly #objects = new Map<string, { readonly type: ObjectType; readonly data: Buffer }>();

  constructor(oidBytes: number) {
    this.#algorithm = oidBytes === 32 ? 'sha256' : 'sha1';
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Its id, as git computes it. */
  add(type: ObjectType, data: Buffer): string {
    const oid = createHash(this.#algorithm).update(`${type} ${data.length}\0`).update(data).digest('hex');
    this.#objects.set(oid, { type, data });
    return oid;
  }

  /**
   * All of them as one pack: time grows with their bytes alone, where that of `git fast-import` is quadratic in the
   * files of a folder. Trees are mostly hashes, blobs are small: a level above 1 would win next to nothing.
   */
  pack(level: 0 | 1): readonly Buffer[] {
    const header = Buffer.alloc(12);
    header.write('PACK', 'latin1');
    header.writeUInt32BE(2, 4);
    header.writeUInt32BE(this.#objects.size, 8);
    const parts: Buffer[] = [header];
    for (const { type, data } of this.#objects.values()) {
      parts.push(objectHeader(type, data.length), deflateSync(data, { level }));
    }
    const hash = createHash(this.#algorithm);
    for (const part of parts) hash.update(part);
    return [...parts, hash.digest()];
  }
}

/** Type and size: 4 bits of the size in the first byte, 7 in each further one, low bits first. */
function objectHeader(type: ObjectType, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (TYPE_NUMBER[type] << 4) | (size & 0x0f);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, byte]);
}
