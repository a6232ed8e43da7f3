import { type DiffFile, diffFiles } from '../change/diff.ts';
import type { Diff } from '../model/diff.ts';
import type { Files } from '../ports/files.ts';
import type { Report } from '../spec/report.ts';
import { readManifests } from './read-manifests.ts';
import { planSynth, type Synthesis } from './synth.ts';
import type { Parallel } from './synth-parts.ts';
import { type Tree, treeOfFiles } from './tree.ts';

export interface RepoDiff extends Report {
  /** `undefined` when errors keep the specs from being rendered. */
  readonly diff: Diff | undefined;
}

export interface DiffOptions {
  /** What to compare with, where that is not the folder's own output. */
  readonly base?: Tree | undefined;
  readonly parallel?: Parallel | undefined;
}

/** Compares what a folder's specs render to with the output in the folder, or in `base`. */
export async function diffRepo(files: Files, { base, parallel }: DiffOptions): Promise<RepoDiff> {
  const tree = treeOfFiles(files);
  // Threads read the folder, so they cannot compare with a commit.
  const threads = base === undefined ? parallel : undefined;
  const synthesis = await planSynth(tree, { tools: [], keepGoing: false, before: base, parallel: threads });
  return { ...synthesis, diff: await diffOf(base ?? tree, synthesis) };
}

/** What a synthesis of all tools changes in the output that `before` holds; `undefined` when errors keep it as it is. */
export async function diffOf(before: Tree, { plan, rendered, tools }: Synthesis): Promise<Diff | undefined> {
  if (plan === undefined) return undefined;
  const fresh = new Map(plan.fresh.map(({ path, text }) => [path, text]));
  const touched = [...fresh.keys(), ...plan.deletes];
  const texts = await before.read(touched);
  const old = touched.map((path, index) => [path, texts[index]] as const).filter(isThere);
  const same = rendered.filter((path) => !fresh.has(path)).map(unchanged);
  const diff = diffFiles(
    [...same, ...old.map(([path, text]) => diffFile(path, text))],
    [...same, ...[...fresh].map(([path, text]) => diffFile(path, text))],
  );
  return { ...diff, tools: { ...diff.tools, total: tools + diff.tools.deleted.length } };
}

function isThere(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}

function diffFile(path: string, text: string): DiffFile {
  return { path, text, objects: () => readManifests(text) };
}

/** Only its tool counts. */
function unchanged(path: string): DiffFile {
  return { path, text: '', objects: () => [] };
}
