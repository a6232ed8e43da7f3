import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE } from '../model/layout.ts';
import { nearest } from '../model/nearest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { checkFleet } from '../spec/check-fleet.ts';
import { defaultPlatform } from '../spec/check-platform.ts';
import { checkTool } from '../spec/check-tool.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';
import type { ToolSources } from '../spec/source-file.ts';
import { type Fleet, loadFleet, toolNames } from './load-fleet.ts';
import type { LoadedTool } from './load-tool.ts';
import type { Tree } from './tree.ts';

/** What checking found; `sources` holds every file that a diagnostic may point at. */
export interface Checked {
  readonly platform: Platform | undefined;
  /** The tools without errors. */
  readonly tools: readonly ResolvedTool[];
  /** The tools with errors. */
  readonly failed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Checks the named tools of a config repo, all of them by default, and what must hold between tools. */
export async function checkRepo(tree: Tree, names: readonly string[] = []): Promise<Checked> {
  if (names.length > 0) await mustExist(tree, names);
  return checkLoaded(await loadFleet(tree, names.length > 0 ? new Set(names) : undefined));
}

/** Checks what was read: pure. With platform.yaml in error the tools are held against the defaults. */
export function checkLoaded({ platform: loaded, tools: loadedTools }: Fleet): Checked {
  const platform = loaded.platform ?? defaultPlatform();
  const checked = loadedTools.map((loadedTool) => checkLoadedTool(loadedTool, platform));
  const resolved = checked.flatMap(({ tool, sources }) =>
    tool === undefined || sources === undefined ? [] : [{ tool, sources }],
  );
  const across = checkFleet(resolved);
  const diagnostics = [...loaded.diagnostics, ...checked.flatMap((one) => one.diagnostics), ...across];
  const failed = new Set(diagnostics.filter(isError).map(({ file }) => file.split('/')[1] ?? ''));
  return {
    platform: loaded.platform,
    tools: resolved.map(({ tool }) => tool).filter(({ name }) => !failed.has(name)),
    failed: loadedTools.map(({ name }) => name).filter((name) => failed.has(name)),
    diagnostics,
    sources: textsOf(loaded.text, loadedTools),
  };
}

interface CheckedFiles {
  readonly tool: ResolvedTool | undefined;
  readonly sources: ToolSources | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

function checkLoadedTool({ sources, diagnostics }: LoadedTool, platform: Platform): CheckedFiles {
  if (sources === undefined) return { tool: undefined, sources, diagnostics };
  const result = checkTool(sources, { platform });
  if (diagnostics.length === 0) return { ...result, sources };
  return { tool: undefined, sources, diagnostics: [...diagnostics, ...result.diagnostics] };
}

/** Throws `usage` for a tool that the repo does not have. */
async function mustExist(tree: Tree, names: readonly string[]): Promise<void> {
  const known = await toolNames(tree);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new GitopsError('usage', `no tool "${name}" in ${CONFIG_DIR}/`, {
      hint: near === undefined ? `tools are the folders of ${CONFIG_DIR}/` : `did you mean "${near}"?`,
    });
  }
}

function textsOf(platformText: string | undefined, tools: readonly LoadedTool[]): Map<string, string> {
  const texts = new Map<string, string>();
  if (platformText !== undefined) texts.set(PLATFORM_FILE, platformText);
  for (const { sources } of tools) {
    if (sources === undefined) continue;
    for (const source of [sources.spec, sources.fetched, sources.tenant, sources.images]) {
      if (source !== undefined) texts.set(source.file, source.text);
    }
  }
  return texts;
}
