import type { Cache } from '../../src/ports/cache.ts';

export function memoryCache(): Cache {
  const texts = new Map<string, string>();
  return { read: (name) => texts.get(name), write: (name, text) => texts.set(name, text) };
}
