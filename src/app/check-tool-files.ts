import { CONFIG_DIR } from '../model/layout.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { checkFleet } from '../spec/check-fleet.ts';
import { defaultPlatform } from '../spec/check-platform.ts';
import { type CheckedTool, checkTool } from '../spec/check-tool.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import type { ToolSources } from '../spec/source-file.ts';
import { withoutPlatform } from '../spec/without-platform.ts';
import type { LoadedPlatform } from './load-platform.ts';
import { type LoadedTool, loadToolFolder } from './load-tool.ts';
import type { Tree } from './tree.ts';

export interface CheckedFiles {
  readonly name: string;
  /** `undefined` when a file of the tool is in error. */
  readonly tool: ResolvedTool | undefined;
  readonly sources: ToolSources | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

type AgainstPlatform = Pick<LoadedPlatform, 'platform' | 'intact'>;

/** Reads and checks the files of one tool. */
export async function checkToolFiles(
  tree: Tree,
  name: string,
  against: AgainstPlatform,
): Promise<CheckedFiles> {
  return checkLoaded(await loadToolFolder(tree, name), against);
}

/** Checks the files of one tool. With platform.yaml in error nothing is told that may follow from that. */
export function checkLoaded(
  { name, sources, diagnostics }: LoadedTool,
  { platform, intact }: AgainstPlatform,
): CheckedFiles {
  if (sources === undefined) return { name, tool: undefined, sources, diagnostics };
  const result = checkAgainst(sources, platform ?? intact);
  if (diagnostics.length === 0) return { name, ...result, sources };
  return { name, tool: undefined, sources, diagnostics: [...diagnostics, ...result.diagnostics] };
}

function checkAgainst(sources: ToolSources, platform: Platform | undefined): CheckedTool {
  const result = checkTool(sources, { platform: platform ?? defaultPlatform() });
  return platform === undefined ? { ...result, diagnostics: withoutPlatform(result.diagnostics) } : result;
}

/** What must hold between tools is told of a tool by this much. */
export interface ToolId {
  readonly name: string;
  readonly uid: number;
}

/** The mistakes between tools; the few that clash are read again, so that not all need to be kept. */
export async function checkAcross(
  tree: Tree,
  tools: readonly ToolId[],
  loaded: AgainstPlatform,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly texts: ReadonlyMap<string, string> }> {
  const clashing = sharedUids(tools);
  const read = await Promise.all(clashing.map((name) => checkToolFiles(tree, name, loaded)));
  const diagnostics = checkFleet(
    read.flatMap(({ tool, sources }) =>
      tool === undefined || sources === undefined ? [] : [{ tool, sources }],
    ),
  );
  return { diagnostics, texts: new Map(read.flatMap(({ sources }) => textsOf(sources))) };
}

function sharedUids(tools: readonly ToolId[]): readonly string[] {
  const seen = new Set<number>();
  const twice = new Set<number>();
  for (const { uid } of tools) (seen.has(uid) ? twice : seen).add(uid);
  return tools.filter(({ uid }) => twice.has(uid)).map(({ name }) => name);
}

/** The files of a tool by name, for showing where a mistake is. */
export function textsOf(sources: ToolSources | undefined): readonly (readonly [string, string])[] {
  if (sources === undefined) return [];
  const { spec, fetched, tenant, images } = sources;
  return [spec, fetched, tenant, images]
    .filter((source) => source !== undefined)
    .map(({ file, text }) => [file, text] as const);
}

/** Whose file a diagnostic is about: `hello` for `tools-config/hello/toolforge.yaml`. */
export function toolOfDiagnostic({ file }: Diagnostic): string {
  const [folder, tool = ''] = file.split('/');
  return folder === CONFIG_DIR ? tool : '';
}
