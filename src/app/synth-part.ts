import { loadToolFolder } from './load-tool.ts';
import { emptyPart, type Mutable, type Part, type PartRequest } from './part.ts';
import { type RenderedBefore, readCache, stillRendered } from './synth-cache.ts';
import type { Tree } from './tree.ts';

/** What checks and renders is loaded once there is something to check. */
let rendering: Promise<typeof import('./render-part.ts')> | undefined;

/** Checks and renders some tools of `tree`, and compares with what lies in `before`. */
export async function synthPart(
  tree: Tree,
  before: Tree,
  { names, platform, keepFiles, cache }: PartRequest,
): Promise<Part> {
  const part = emptyPart();
  const known = readCache(cache);
  for (const name of names) {
    const loaded = await loadToolFolder(tree, name);
    const same = await stillRendered(known, loaded, before);
    if (same !== undefined) takeOver(part, name, same);
    else {
      rendering ??= import('./render-part.ts');
      const { renderInto } = await rendering;
      await renderInto(part, loaded, { before, platform, keepFiles, cache });
    }
  }
  return part;
}

function takeOver(part: Mutable<Part>, name: string, { uid, paths, awaiting }: RenderedBefore): void {
  part.valid.push({ name, uid });
  part.rendered.push(...paths);
  part.awaitingFirstBuild.push(...awaiting.map((component) => ({ tool: name, component })));
}
