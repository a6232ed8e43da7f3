import { imagesText } from '../change/images-text.ts';
import { planOutput } from '../change/plan-output.ts';
import { GitopsError } from '../errors.ts';
import type { FileChange } from '../model/change.ts';
import type { ImagesFile } from '../model/images-file.ts';
import { CONFIG_DIR, toolFile } from '../model/layout.ts';
import { nearest } from '../model/nearest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { checkImages } from '../spec/check-images.ts';
import { checkTool } from '../spec/check-tool.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';
import type { ToolSources } from '../spec/source-file.ts';
import { isGenerated } from '../synth/generated.ts';
import { InvalidSpecError } from './invalid-spec-error.ts';
import { loadPlatform } from './load-platform.ts';
import { loadTool } from './load-tool.ts';
import { readOutput } from './read-output.ts';
import { renderChecked } from './render-checked.ts';
import { toolNames } from './tool-names.ts';

/** A tool's files at the head of the config repo, and what they are held against. */
export interface ToolFiles {
  readonly head: Snapshot;
  readonly platform: Platform;
  readonly sources: ToolSources;
}

/** A tool that is valid as it stands. */
export interface ToolAtHead extends ToolFiles {
  readonly tool: ResolvedTool;
  readonly images: ImagesFile;
}

/** Reads one tool; the cost does not grow with the number of tools. Throws `not-found` for one that is not there. */
export async function readToolFiles(head: Snapshot, name: string): Promise<ToolFiles> {
  const platform = await requirePlatform(head);
  const { sources, diagnostics } = await loadTool(head, name);
  if (sources === undefined) throw await noSuchTool(head, name, diagnostics);
  return { head, platform, sources };
}

/** Reads one tool to build on; throws `invalid-spec` with its diagnostics where nothing may be built on it. */
export async function readTool(head: Snapshot, name: string): Promise<ToolAtHead> {
  const files = await readToolFiles(head, name);
  const tool = requireValid(files, files.sources);
  const { images } = checkImages(files.sources.images);
  return { ...files, tool, images: images ?? { components: {} } };
}

export function requireValid({ platform }: ToolFiles, sources: ToolSources): ResolvedTool {
  const { tool, diagnostics } = checkTool(sources, { platform });
  if (tool === undefined) throw new InvalidSpecError(sources.name, diagnostics, textsOf(sources));
  return tool;
}

export async function requirePlatform(head: Snapshot): Promise<Platform> {
  const { platform, diagnostics, text } = await loadPlatform(head);
  if (platform !== undefined) return platform;
  const texts = new Map(diagnostics.map(({ file }) => [file, text ?? '']));
  throw new InvalidSpecError('the platform', diagnostics.filter(isError), texts);
}

/** The files of a commit that gives the tool a new images.yaml: that file, and what renders differently. */
export async function withImages(at: ToolAtHead, images: ImagesFile): Promise<readonly FileChange[]> {
  const file = toolFile(at.tool.name, 'images.yaml');
  const text = imagesText(images);
  return [{ path: file, text }, ...(await rerender(at, { ...at.sources, images: { file, text } }))];
}

/** What renders differently once the tool's files are `sources`; throws `invalid-spec` when they are in error. */
export async function rerender(at: ToolFiles, sources: ToolSources): Promise<readonly FileChange[]> {
  const tool = requireValid(at, sources);
  const rendered = renderChecked(tool, at.platform);
  if (rendered.diagnostics.length > 0) {
    throw new InvalidSpecError(sources.name, rendered.diagnostics, textsOf(sources));
  }
  const scope = { tools: [sources.name] };
  const plan = planOutput({
    rendered: rendered.files,
    existing: await readOutput(at.head, scope, at.platform.shards),
    isGenerated,
    mayDelete: () => true,
  });
  return [...plan.writes, ...plan.deletes];
}

function textsOf({ spec, fetched, tenant, images }: ToolSources): ReadonlyMap<string, string> {
  const files = [spec, fetched, tenant, images].filter((source) => source !== undefined);
  return new Map(files.map(({ file, text }) => [file, text]));
}

/** The only look at all names, and only on the way to an error. */
async function noSuchTool(
  head: Snapshot,
  name: string,
  diagnostics: readonly Diagnostic[],
): Promise<GitopsError> {
  const known = await toolNames(head);
  if (known.includes(name)) return new InvalidSpecError(name, diagnostics, new Map());
  const near = nearest(name, known);
  return new GitopsError('not-found', `no tool "${name}" in ${CONFIG_DIR}/ of the config repo`, {
    hint:
      near === undefined ? 'a tool is added by its folder with a toolforge.yaml' : `did you mean "${near}"?`,
  });
}
