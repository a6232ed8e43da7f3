import type { FileText } from '../model/change.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';
import { checkToolFiles, type ToolId, textsOf } from './check-tool-files.ts';
import { type Awaiting, renderChecked } from './render-checked.ts';
import type { Tree } from './tree.ts';

/** Some tools of a fleet to check and render. */
export interface PartRequest {
  readonly names: readonly string[];
  /** `undefined`: in error, so nothing is told that may follow from that, and nothing is rendered. */
  readonly platform: Platform | undefined;
  /** Whether the rendered files themselves are wanted, not just what differs. */
  readonly keepFiles: boolean;
}

/** What came of it, without what nobody asks for: a fleet's worth of objects would fill the memory. */
export interface Part {
  readonly failed: readonly string[];
  readonly valid: readonly ToolId[];
  readonly diagnostics: readonly Diagnostic[];
  /** The files that diagnostics point at. */
  readonly texts: readonly (readonly [string, string])[];
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** Paths of all rendered files. */
  readonly rendered: readonly string[];
  /** Paths of those whose text is not what is there. */
  readonly writes: readonly string[];
  /** Their texts, as long as they are not staged. */
  readonly fresh: readonly FileText[];
  readonly files: readonly RenderedFile[];
}

/** The same, still growing. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Checks and renders some tools of `tree`, and compares with what lies in `before`. */
export async function synthPart(
  tree: Tree,
  before: Tree,
  { names, platform, keepFiles }: PartRequest,
): Promise<Part> {
  const part = emptyPart();
  for (const name of names) {
    const { tool, sources, diagnostics } = await checkToolFiles(tree, name, { platform });
    part.diagnostics.push(...diagnostics);
    if (diagnostics.length > 0) part.texts.push(...textsOf(sources));
    if (tool === undefined || diagnostics.some(isError)) part.failed.push(name);
    else if (platform !== undefined) await renderInto(part, tool, { before, platform, keepFiles });
  }
  return part;
}

export function emptyPart(): Mutable<Part> {
  return {
    failed: [],
    valid: [],
    diagnostics: [],
    texts: [],
    awaitingFirstBuild: [],
    rendered: [],
    writes: [],
    fresh: [],
    files: [],
  };
}

interface Against {
  readonly before: Tree;
  readonly platform: Platform;
  readonly keepFiles: boolean;
}

async function renderInto(
  part: Mutable<Part>,
  tool: ResolvedTool,
  { before, platform, keepFiles }: Against,
): Promise<void> {
  const { files, diagnostics, awaitingFirstBuild } = renderChecked(tool, platform);
  part.awaitingFirstBuild.push(...awaitingFirstBuild);
  part.diagnostics.push(...diagnostics);
  if (diagnostics.length > 0) {
    part.failed.push(tool.name);
    return;
  }
  part.valid.push({ name: tool.name, uid: tool.uid });
  const there = await before.read(files.map(({ path }) => path));
  files.forEach(({ path, text }, index) => {
    part.rendered.push(path);
    if (there[index] === text) return;
    part.writes.push(path);
    part.fresh.push({ path, text });
  });
  if (keepFiles) part.files.push(...files);
}
