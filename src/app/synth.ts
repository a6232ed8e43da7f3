import { type OutputPlan, planOutput } from '../change/plan-output.ts';
import { GitopsError } from '../errors.ts';
import { shardOf } from '../model/hash.ts';
import { outputOwner } from '../model/layout.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { Files } from '../ports/files.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';
import { isGenerated } from '../synth/generated.ts';
import { type OutputScope, readOutput } from './read-output.ts';
import { type Awaiting, type Rendered, renderFleet } from './render-fleet.ts';
import { type Tree, treeOfFiles } from './tree.ts';
import { type Checked, checkRepo } from './validate.ts';

export interface SynthOptions extends OutputScope {
  /** Render what can be rendered; tools in error keep their files. */
  readonly keepGoing: boolean;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

export interface Synthesis {
  /** How many tools were looked at. */
  readonly tools: number;
  readonly files: readonly RenderedFile[];
  /** `undefined` when errors keep the output as it is. */
  readonly plan: OutputPlan | undefined;
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** The tools in error: their files stay as they are. */
  readonly failed: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Renders a config repo's tools and plans what to write; writes nothing. */
export async function planSynth(tree: Tree, options: SynthOptions): Promise<Synthesis> {
  const checked = narrow(await checkRepo(tree, options.tools), options);
  const rendered = render(checked, options);
  const failed = new Set([...checked.failed, ...rendered.failed]);
  const isBlocked = failed.size > 0 && !options.keepGoing;
  return {
    tools: checked.tools.length + checked.failed.length,
    files: rendered.files,
    plan: isBlocked ? undefined : await planFiles(tree, { rendered, checked, failed, scope: options }),
    awaitingFirstBuild: rendered.awaitingFirstBuild,
    failed,
    diagnostics: [...checked.diagnostics, ...rendered.diagnostics],
    sources: checked.sources,
  };
}

/** Plans and writes: everything is staged before the first file is moved into place. */
export async function synth(files: Files, options: SynthOptions): Promise<Synthesis> {
  const synthesis = await planSynth(treeOfFiles(files), options);
  const changes = [...(synthesis.plan?.writes ?? []), ...(synthesis.plan?.deletes ?? [])];
  if (changes.length > 0) await files.write(changes);
  return synthesis;
}

function narrow(checked: Checked, { shard }: SynthOptions): Checked {
  if (shard === undefined) return checked;
  const shards = checked.platform?.shards ?? 1;
  if (shard >= shards) {
    throw new GitopsError('usage', `there is no shard ${shard}`, {
      hint: `platform.yaml says shards: ${shards}; they are counted from 0`,
    });
  }
  const isMine = (name: string) => shardOf(name, shards) === shard;
  return {
    ...checked,
    tools: checked.tools.filter(({ name }) => isMine(name)),
    failed: checked.failed.filter(isMine),
  };
}

function render(checked: Checked, { tools, shard, onProgress }: SynthOptions): Rendered {
  if (checked.platform === undefined) {
    return { files: [], diagnostics: [], awaitingFirstBuild: [], failed: [] };
  }
  const all = checked.tools.length;
  return renderFleet(checked.tools, {
    platform: checked.platform,
    withRoot: tools.length === 0 && (shard ?? 0) === 0,
    onProgress: (done) => onProgress?.(done, all),
  });
}

interface ToPlan {
  readonly rendered: Rendered;
  readonly checked: Checked;
  readonly failed: ReadonlySet<string>;
  readonly scope: OutputScope;
}

/** With platform.yaml in error nothing can be said about any file. */
async function planFiles(
  tree: Tree,
  { rendered, checked, failed, scope }: ToPlan,
): Promise<OutputPlan | undefined> {
  if (checked.platform === undefined) return undefined;
  return planOutput({
    rendered: rendered.files,
    existing: await readOutput(tree, scope, checked.platform.shards),
    isGenerated,
    mayDelete: (path) => !failed.has(outputOwner(path)?.tool ?? ''),
  });
}

export function hasErrors({ diagnostics }: Synthesis): boolean {
  return diagnostics.some(isError);
}
