import { GitopsError } from '../errors.ts';
import { CONFIG_DIR, PLATFORM_FILE, toolFile } from '../model/layout.ts';
import { nearest } from '../model/nearest.ts';
import { checkTokens } from '../spec/check-tokens.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';
import type { Report } from '../spec/report.ts';
import { checkAcross, checkToolFiles, type ToolId, textsOf } from './check-tool-files.ts';
import { type LoadedPlatform, loadPlatform } from './load-platform.ts';
import { linkedTools, toolNames } from './tool-names.ts';
import type { Tree } from './tree.ts';
import { readOr, unreadable } from './unreadable.ts';

/** Checks the named tools of a config repo, all of them by default, and what must hold between tools. */
export async function checkRepo(tree: Tree, names: readonly string[] = []): Promise<Report> {
  const wanted = await namesIn(tree, names);
  const loaded = await loadPlatform(tree);
  const diagnostics: Diagnostic[] = [...loaded.diagnostics];
  const sources = new Map(platformText(loaded));
  const valid: ToolId[] = [];
  for (const name of wanted) {
    const checked = await checkToolFiles(tree, name, loaded);
    if (checked.tool !== undefined) valid.push({ name, uid: checked.tool.uid });
    if (checked.diagnostics.length > 0) {
      diagnostics.push(...checked.diagnostics);
      for (const [file, text] of textsOf(checked.sources)) sources.set(file, text);
    }
    // Of a folder that cannot be read that was told.
    if (checked.sources !== undefined) diagnostics.push(...(await tokensMistakes(tree, name)));
  }
  const linked = names.length > 0 ? [] : await linkedTools(tree);
  diagnostics.push(...linked.map(({ diagnostic }) => diagnostic));
  const across = await checkAcross(tree, valid, loaded);
  for (const [file, text] of across.texts) sources.set(file, text);
  return {
    diagnostics: [...diagnostics, ...across.diagnostics],
    tools: wanted.length + linked.length,
    sources,
  };
}

/**
 * Nothing is rendered from tokens.yaml, so a mistake in it keeps nothing from being rendered: only a check tells. No
 * line of it is shown, since a token may stand there that belongs elsewhere.
 */
async function tokensMistakes(tree: Tree, name: string): Promise<readonly Diagnostic[]> {
  const file = toolFile(name, 'tokens.yaml');
  const text = await readOr(tree, file, (error) => unreadable(file, error));
  if (text === undefined) return [];
  return typeof text === 'string' ? checkTokens({ file, text }).diagnostics : [text];
}

/** Checks platform.yaml alone. */
export async function checkPlatformFile(tree: Tree): Promise<Report> {
  const loaded = await loadPlatform(tree);
  return { diagnostics: loaded.diagnostics, tools: 0, sources: new Map(platformText(loaded)) };
}

/** The tools asked for, or all there are. Throws `usage` for one that the repo does not have. */
export async function namesIn(tree: Tree, names: readonly string[]): Promise<readonly string[]> {
  const known = await toolNames(tree);
  if (names.length === 0) return known;
  const all = new Set(known);
  for (const name of names) {
    if (all.has(name)) continue;
    const near = nearest(name, known);
    throw new GitopsError('usage', `no tool "${name}" in ${CONFIG_DIR}/`, {
      hint: near === undefined ? `tools are the folders of ${CONFIG_DIR}/` : `did you mean "${near}"?`,
    });
  }
  const asked = new Set(names);
  return known.filter((name) => asked.has(name));
}

export function platformText({ text }: LoadedPlatform): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[PLATFORM_FILE, text]];
}

export function hasErrors({ diagnostics }: Pick<Report, 'diagnostics'>): boolean {
  return diagnostics.some(isError);
}
