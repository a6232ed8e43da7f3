import type { LoadedPlatform } from './load-platform.ts';
import { emptyPart, type Part } from './part.ts';
import { type OutputScope, readOurs } from './read-output.ts';
import { type KeptCache, liesThere, ROOT, readCache, remembered } from './synth-cache.ts';
import type { Tree } from './tree.ts';

interface Against {
  readonly before: Tree;
  readonly cache: KeptCache | undefined;
}

/** root.yaml belongs to a run over all tools, or to the first shard. */
export async function renderedRoot(
  { platform }: LoadedPlatform,
  { tools, shard, keepFiles }: OutputScope & { readonly keepFiles?: boolean | undefined },
  { before, cache }: Against,
): Promise<Part> {
  const none = emptyPart();
  if (platform === undefined || tools.length > 0 || (shard ?? 0) > 0) return none;
  const known = readCache(cache).get(ROOT);
  if (known !== undefined && (await liesThere(known, before))) return { ...none, rendered: known.paths };
  const { renderRoot } = await import('../synth/render-root.ts');
  const file = renderRoot(platform);
  const { path, text } = file;
  const isThere = (await readOurs(before, [path]))[0] === text;
  return {
    ...none,
    rendered: [path],
    writes: isThere ? [] : [path],
    fresh: isThere ? [] : [{ path, text }],
    files: keepFiles ? [file] : [],
    learned: [[ROOT, remembered([file], { inputs: '', uid: 0, awaiting: [] })]],
  };
}
