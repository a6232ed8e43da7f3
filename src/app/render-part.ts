import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { isError } from '../spec/diagnostic.ts';
import { checkLoaded, textsOf } from './check-tool-files.ts';
import type { LoadedTool } from './load-tool.ts';
import type { Mutable, Part, PartRequest } from './part.ts';
import { readOurs } from './read-output.ts';
import { type Rendered, renderChecked } from './render-checked.ts';
import { inputHash, remembered } from './synth-cache.ts';
import type { Tree } from './tree.ts';

interface Against extends Omit<PartRequest, 'names'> {
  readonly before: Tree;
}

/** Checks and renders a tool, and compares with what lies there. */
export async function renderInto(
  part: Mutable<Part>,
  loaded: LoadedTool,
  { platform, ...against }: Against,
): Promise<void> {
  const { name, tool, sources, diagnostics } = checkLoaded(loaded, { platform });
  part.diagnostics.push(...diagnostics);
  if (diagnostics.length > 0) part.texts.push(...textsOf(sources));
  if (tool === undefined || diagnostics.some(isError)) part.failed.push(name);
  else if (platform !== undefined) {
    const rendered = await renderTool(part, tool, { platform, ...against });
    if (against.cache === undefined || rendered === undefined || sources === undefined) return;
    const { files, awaitingFirstBuild } = rendered;
    const awaiting = awaitingFirstBuild.map(({ component }) => component);
    const seen = { inputs: inputHash(sources), uid: tool.uid, awaiting };
    if (diagnostics.length === 0) part.learned.push([name, remembered(files, seen)]);
  }
}

/** `undefined` when policy refuses it. */
async function renderTool(
  part: Mutable<Part>,
  tool: ResolvedTool,
  { before, platform, keepFiles }: Against & { readonly platform: Platform },
): Promise<Rendered | undefined> {
  const rendered = renderChecked(tool, platform);
  const { files, diagnostics, awaitingFirstBuild } = rendered;
  part.awaitingFirstBuild.push(...awaitingFirstBuild);
  part.diagnostics.push(...diagnostics);
  if (diagnostics.length > 0) {
    part.failed.push(tool.name);
    return undefined;
  }
  part.valid.push({ name: tool.name, uid: tool.uid });
  const there = await readOurs(
    before,
    files.map(({ path }) => path),
  );
  files.forEach(({ path, text }, index) => {
    part.rendered.push(path);
    if (there[index] === text) return;
    part.writes.push(path);
    part.fresh.push({ path, text });
  });
  if (keepFiles) part.files.push(...files);
  return rendered;
}
