import { formatImageRef } from '../model/image-ref.ts';
import type { Platform } from '../model/platform.ts';
import type { Registry } from '../ports/registry.ts';

/** A registry that remembers, for one request, what it has answered: an edit may run several times. */
export function onceResolved(
  openRegistry: (platform: Platform) => Registry,
): (platform: Platform) => Registry {
  const answers = new Map<string, string>();
  return (platform) => ({
    async resolve(image) {
      const key = formatImageRef(image);
      const digest = answers.get(key) ?? (await openRegistry(platform).resolve(image));
      answers.set(key, digest);
      return digest;
    },
  });
}
