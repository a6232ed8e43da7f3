import { TOOL_FILES, type ToolFile, toolDir, toolFile } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import { isRepoPath } from '../model/repo-path.ts';
import { type Diagnostic, FILE_START } from '../spec/diagnostic.ts';
import type { SourceFile, ToolSources } from '../spec/source-file.ts';
import { renameAdvice } from '../spec/tool-name.ts';
import { printable, quoted } from '../spec/words.ts';
import type { Tree } from './tree.ts';
import { isAboutAFile, readEach, unreadable } from './unreadable.ts';

/** A tool's files as read; `sources` is missing when there is no spec to check. */
export interface LoadedTool {
  readonly name: string;
  readonly sources: ToolSources | undefined;
  /** What kept a file from being read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files of one tool, of those that `present` says are there. */
export async function loadTool(
  tree: Tree,
  name: string,
  present: readonly string[] = TOOL_FILES,
): Promise<LoadedTool> {
  const diagnostics: Diagnostic[] = [];
  const found = new Map<ToolFile, SourceFile>();
  const wanted = TOOL_FILES.filter((file) => file !== 'tokens.yaml' && hasEntry(present, file));
  const paths = wanted.map((file) => toolFile(name, file));
  const texts = await readEach(tree, paths, (path, error) => {
    diagnostics.push(unreadable(path, error));
    return undefined;
  });
  wanted.forEach((file, index) => {
    const text = texts[index];
    if (text !== undefined) found.set(file, { file: toolFile(name, file), text });
  });
  const spec = found.get('toolforge.yaml');
  if (spec === undefined) return { name, sources: undefined, diagnostics: orMissing(name, diagnostics) };
  const sources: ToolSources = {
    name,
    spec,
    fetched: found.get('fetched.yaml'),
    tenant: found.get('tenant.yaml'),
    images: found.get('images.yaml'),
  };
  return { name, sources, diagnostics };
}

/** Reads the files of one tool after a look at its folder, which spares looking for those that are not there. */
export async function loadToolFolder(tree: Tree, name: string): Promise<LoadedTool> {
  try {
    return await loadTool(tree, name, await tree.list(toolDir(name)));
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
    // One folder that cannot be read, or whose name no path can hold, is no reason to stop for all others.
    const found = unreadable(printable(toolDir(name)), error);
    const suggestion = isRepoPath(toolDir(name)) ? found.suggestion : renameAdvice(name);
    return { name, sources: undefined, diagnostics: [{ ...found, suggestion }] };
  }
}

/** A folder named like a file is read as well, so that its error is told. */
function hasEntry(present: readonly string[], file: string): boolean {
  return present.includes(file) || present.includes(`${file}/`);
}

function orMissing(name: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length > 0) return diagnostics;
  const missing: Diagnostic = {
    ...FILE_START,
    file: toolDir(name),
    severity: 'error',
    code: 'TFG015',
    message: `tool ${quoted(name)} has no toolforge.yaml`,
    path: '',
    suggestion: isToolName(name)
      ? `add ${toolFile(name, 'toolforge.yaml')}, or remove the folder if the tool is gone`
      : renameAdvice(name),
  };
  return [missing];
}
