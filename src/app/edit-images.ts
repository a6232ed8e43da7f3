import type { Change, CommitMessage } from '../model/change.ts';
import type { ImagesFile } from '../model/images-file.ts';
import type { ConfigRepo, Snapshot } from '../ports/config-repo.ts';
import { type LandOptions, land } from './land.ts';
import { readTool, type ToolAtHead, withImages } from './tool-edit.ts';

/** What a decision on a tool's images comes to: the very file that was given when there is nothing to write. */
export interface Decision<Result> {
  readonly file: ImagesFile;
  readonly result: Result;
  /** Asked for only when the file changed. */
  message(): CommitMessage;
}

export type Decide<Result> = (at: ToolAtHead) => Decision<Result> | Promise<Decision<Result>>;

export interface ImagesEdit<Result> {
  run(head: Snapshot): Promise<Change | undefined>;
  /** What was decided: by the run that a commit was made of, else by the last. */
  result(made: boolean): Result;
}

/** The one shape of bump, rollback, hold and unhold: decide on images.yaml, render the tool anew, commit both. */
export function imagesEdit<Result>(tool: string, decide: Decide<Result>): ImagesEdit<Result> {
  let last: Result | undefined;
  let changing: Result | undefined;
  return {
    async run(head) {
      const at = await readTool(head, tool);
      const decision = await decide(at);
      last = decision.result;
      if (decision.file === at.images) return undefined;
      changing = decision.result;
      return { files: await withImages(at, decision.file), message: decision.message() };
    },
    result(made) {
      const result = made ? changing : last;
      if (result === undefined) throw new TypeError('an edit has a result after it ran');
      return result;
    },
  };
}

/** Lands one such edit. `commit` is `null` when none was needed. */
export async function landImagesEdit<Result>(
  repo: ConfigRepo,
  edit: ImagesEdit<Result>,
  options: LandOptions,
): Promise<{ readonly commit: string | null; readonly result: Result }> {
  const { commit, made } = await land(repo, edit.run, options);
  return { commit: made ? commit : null, result: edit.result(made) };
}
