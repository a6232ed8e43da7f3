import { hash } from 'node:crypto';

/** The first 32 bits of a text's SHA-256: stable over machines, spread evenly. */
export function hash32(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16);
}

/** The shard that a tool's platform objects lie in. */
export function shardOf(tool: string, shards: number): number {
  return shards === 1 ? 0 : hash32(tool) % shards;
}
