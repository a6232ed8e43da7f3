import { liftEndedHolds } from '../change/bump.ts';
import { plainToolMessage, toolMessage } from '../change/commit-message.ts';
import type { ComponentChange } from '../change/component-change.ts';
import { entryOf } from '../change/entries.ts';
import { mayBePruned } from '../change/guard.ts';
import { planOutput } from '../change/plan-output.ts';
import { GitopsError } from '../errors.ts';
import type { Change } from '../model/change.ts';
import type { ImagesFile } from '../model/images-file.ts';
import { outputOwner, ROOT_FILE, toolDir } from '../model/layout.ts';
import type { Clock } from '../ports/clock.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { isGenerated } from '../synth/generated.ts';
import { renderRoot } from '../synth/render-root.ts';
import type { QueuedEdit } from './land-batch.ts';
import { readManifests } from './read-manifests.ts';
import { readOutput } from './read-output.ts';
import { readTool, requirePlatform, rerender, type ToolAtHead, withImages } from './tool-edit.ts';
import { readOne } from './tree.ts';

/**
 * Makes a tool's output what its files say, lifts holds that have ended, and removes the output of a tool that is gone.
 * Nothing to do is the rule: it is how what a lost webhook missed is found.
 */
export function reconcileToolEdit(tool: string, clock: Clock): QueuedEdit<undefined> {
  return {
    async run(head) {
      if ((await head.list(toolDir(tool))).length === 0) return removeOutput(head, tool);
      const at = await readTool(head, tool);
      const lifted = liftEndedHolds(at.images, clock.now());
      if (lifted.file !== at.images) return liftHolds(at, lifted);
      const files = await rerender(at, at.sources);
      return files.length === 0
        ? undefined
        : { files, message: plainToolMessage(tool, 'render the spec anew') };
    },
    result: () => undefined,
  };
}

async function liftHolds(
  at: ToolAtHead,
  { file, components }: { file: ImagesFile; components: readonly string[] },
): Promise<Change> {
  const changes = components.flatMap((component): ComponentChange[] => {
    const [before, build] = [entryOf(at.images, component), entryOf(file, component)];
    if (build === undefined) return [];
    return [{ component, action: before?.image === build.image ? 'unheld' : 'deployed', build }];
  });
  const message = toolMessage({ tool: at.tool.name, changes, reason: 'the hold has ended' });
  return { files: await withImages(at, file), message };
}

/** Throws `refused` unless the tool was retired first: a folder removed by accident removes nothing. */
async function removeOutput(head: Snapshot, tool: string): Promise<Change | undefined> {
  const output = await readOutput(head, { tools: [tool] }, 1);
  const ours = [...output].filter(([, text]) => isGenerated(text));
  if (ours.length === 0) return undefined;
  const platform = ours.filter(([path]) => outputOwner(path)?.part === 'platform');
  if (!platform.every(([, text]) => mayBePruned(readManifests(text)))) {
    throw new GitopsError('refused', `the folder of tool "${tool}" is gone, but the tool was not retired`, {
      hint: 'restore the folder and set `retired: true` in its tenant.yaml first, or publish with --allow-delete',
    });
  }
  const files = ours.map(([path]) => ({ path, text: undefined }));
  return { files, message: plainToolMessage(tool, 'remove the output of a retired tool') };
}

/** Makes root.yaml what platform.yaml says. */
export function reconcileRootEdit(): QueuedEdit<undefined> {
  return {
    async run(head) {
      const platform = await requirePlatform(head);
      const text = await readOne(head, ROOT_FILE);
      const { writes } = planOutput({
        rendered: [renderRoot(platform)],
        existing: new Map(text === undefined ? [] : [[ROOT_FILE, text]]),
        isGenerated,
        mayDelete: () => false,
      });
      if (writes.length === 0) return undefined;
      return { files: writes, message: { subject: 'render root.yaml anew', trailers: [] } };
    },
    result: () => undefined,
  };
}
