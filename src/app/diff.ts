import { diffFiles } from '../change/diff.ts';
import type { Diff } from '../model/diff.ts';
import { outputOwner } from '../model/layout.ts';
import type { Files } from '../ports/files.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import { isGenerated } from '../synth/generated.ts';
import { diffFilesOf } from './read-manifests.ts';
import { readOutput } from './read-output.ts';
import { planSynth, type Synthesis } from './synth.ts';
import { type Tree, treeOfFiles } from './tree.ts';

export interface RepoDiff {
  /** `undefined` when errors keep the specs from being rendered. */
  readonly diff: Diff | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
  readonly tools: number;
}

/** Compares what a folder's specs render to with the output in the folder, or in `base`. */
export async function diffRepo(files: Files, base?: Tree): Promise<RepoDiff> {
  const tree = treeOfFiles(files);
  const synthesis = await planSynth(tree, { tools: [], keepGoing: false });
  const { plan, diagnostics, sources, tools } = synthesis;
  const diff = plan === undefined ? undefined : await diffOf(base ?? tree, synthesis);
  return { diff, diagnostics, sources, tools };
}

/** What a synthesis of all tools changes in the output that `before` holds; files that are not ours are no part of it. */
export async function diffOf(before: Tree, { files, tools, failed }: Synthesis): Promise<Diff> {
  const output = await readOutput(before, { tools: [] }, 1);
  const isKept = (path: string) => failed.has(outputOwner(path)?.tool ?? '');
  const old = new Map([...output].filter(([path, text]) => isGenerated(text) && !isKept(path)));
  const fresh = new Map(files.map(({ path, text }) => [path, text]));
  return diffFiles(diffFilesOf(old), diffFilesOf(fresh), { total: tools });
}
