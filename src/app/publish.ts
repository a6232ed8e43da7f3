import { publishMessage } from '../change/commit-message.ts';
import { guardDeletions, mayBePruned } from '../change/guard.ts';
import type { Change } from '../model/change.ts';
import type { Diff } from '../model/diff.ts';
import { outputOwner } from '../model/layout.ts';
import type { ConfigRepo, Snapshot } from '../ports/config-repo.ts';
import { diffOf } from './diff.ts';
import { InvalidSpecError } from './invalid-spec-error.ts';
import { type LandOptions, land } from './land.ts';
import { readManifests } from './read-manifests.ts';
import { planSynth, type Synthesis } from './synth.ts';
import { requirePlatform } from './tool-edit.ts';
import { readOne, type Tree } from './tree.ts';
import { wholeTree } from './whole-tree.ts';

export interface PublishRequest {
  /** Tools whose deletion is meant, and the deletion of any number of whose files. */
  readonly allowDelete: ReadonlySet<string>;
  /** Publish what can be rendered; tools in error keep their files. */
  readonly keepGoing: boolean;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

export interface Published {
  /** `null` when the output is what the specs say already. */
  readonly commit: string | null;
  readonly synthesis: Synthesis;
  readonly diff: Diff;
}

/** Renders the whole fleet at the head of the config repo and lands what differs. */
export async function publish(
  repo: ConfigRepo,
  request: PublishRequest,
  options: LandOptions,
): Promise<Published> {
  let plan: Plan | undefined;
  const { commit, made } = await land(
    repo,
    async (head) => {
      plan = await planPublish(head, request);
      return plan.change;
    },
    options,
  );
  const { synthesis, diff } = plan as Plan;
  return { commit: made ? commit : null, synthesis, diff };
}

export interface Plan {
  readonly change: Change | undefined;
  readonly synthesis: Synthesis;
  readonly diff: Diff;
}

/** What `publish` would commit on a head. Throws `invalid-spec`, and `refused` for a deletion that nobody named. */
export async function planPublish(head: Snapshot, request: PublishRequest): Promise<Plan> {
  const { keepGoing, onProgress, allowDelete } = request;
  const platform = await requirePlatform(head);
  const tree = await wholeTree(head);
  const synthesis = await planSynth(tree, { tools: [], keepGoing, onProgress });
  const diff = await diffOf(tree, synthesis);
  if (synthesis.plan === undefined || diff === undefined) {
    throw new InvalidSpecError('a spec', synthesis.diagnostics, synthesis.sources);
  }
  const { fresh, deletes } = synthesis.plan;
  const refusal = guardDeletions(diff, {
    retired: await announced(tree, diff),
    allowDelete,
    maxDeletedFiles: platform.maxDeletedFiles,
  });
  if (refusal !== undefined) throw refusal;
  const files = [...fresh, ...deletes.map((path) => ({ path, text: undefined }))];
  const change = files.length === 0 ? undefined : { files, message: publishMessage(diff) };
  return { change, synthesis, diff };
}

/** The deleted tools whose platform objects were rendered as retired by an earlier commit. */
async function announced(tree: Tree, { tools, files }: Diff): Promise<ReadonlySet<string>> {
  const retired = new Set<string>();
  const deleted = new Set(tools.deleted);
  for (const { path } of files) {
    const owner = outputOwner(path);
    if (owner === undefined || owner.part !== 'platform' || !deleted.has(owner.tool)) continue;
    const text = await readOne(tree, path);
    if (text !== undefined && mayBePruned(readManifests(text))) retired.add(owner.tool);
  }
  return retired;
}
