import { createHash } from 'node:crypto';
import { GitopsError } from '../../src/errors.ts';
import { formatImageRef, type ImageRef } from '../../src/model/image-ref.ts';
import type { Registry } from '../../src/ports/registry.ts';

export interface FakeRegistry extends Registry {
  /** Makes an image; its digest. */
  push(repository: string, tag: string, salt: string): string;
  remove(repository: string, digest: string): void;
  /** Fails every look-up from now on. */
  fail(error: Error | undefined): void;
  readonly lookups: readonly string[];
}

/** The images of one host, in memory. */
export function fakeRegistry(): FakeRegistry {
  const digests = new Set<string>();
  const tags = new Map<string, string>();
  const lookups: string[] = [];
  let failure: Error | undefined;
  return {
    lookups,
    push(repository, tag, salt) {
      const digest = digestOf(`${repository} ${salt}`);
      digests.add(`${repository}@${digest}`);
      tags.set(`${repository}:${tag}`, digest);
      return digest;
    },
    remove: (repository, digest) => digests.delete(`${repository}@${digest}`),
    fail(error) {
      failure = error;
    },
    async resolve({ repository, tag = 'latest', digest, ...ref }: ImageRef) {
      lookups.push(`${repository}:${tag}`);
      if (failure !== undefined) throw failure;
      const found = digest ?? tags.get(`${repository}:${tag}`);
      if (found !== undefined && digests.has(`${repository}@${found}`)) return found;
      throw new GitopsError('image-gone', `${formatImageRef({ ...ref, repository, tag })} is not there`);
    },
  };
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
