import { type ImagesEdit, landImagesEdit } from '../app/edit-images.ts';
import type { Edit } from '../app/land.ts';
import { formatMessage } from '../model/commit-message.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Invocation, OptionDefinition } from './command.ts';
import { landOptions, openConfigRepo } from './config-repo.ts';
import { ExitCode } from './exit-code.ts';

export const DRY_RUN_OPTION: OptionDefinition = {
  flags: '--dry-run',
  description: 'print what would be committed, and commit nothing',
};

/** A result that knows how to be shown; `commit` is `null` when none was needed. */
export interface Shown<Result> {
  json(commit: string | null, result: Result): unknown;
  text(commit: string | null, result: Result): string;
}

/** Lands an edit of a tool's images and prints what it came to. */
export async function runImagesEdit<Result>(
  invocation: Invocation,
  edit: ImagesEdit<Result>,
  shown: Shown<Result>,
): Promise<ExitCode> {
  const repo = await openConfigRepo(invocation);
  if (invocation.options.flag('dryRun')) return previewEdit(invocation, repo, edit.run);
  const { commit, result } = await landImagesEdit(repo, edit, landOptions(invocation));
  const { out, format } = invocation;
  out.print(format === 'json' ? JSON.stringify(shown.json(commit, result)) : shown.text(commit, result));
  return ExitCode.ok;
}

/** Prints the commit that an edit would make on the head. */
export async function previewEdit(
  { out, format }: Invocation,
  repo: ConfigRepo,
  edit: Edit,
): Promise<ExitCode> {
  const change = await edit(await repo.head());
  const files = (change?.files ?? []).map(({ path, text }) => ({
    path,
    change: text === undefined ? 'delete' : 'write',
  }));
  if (format === 'json') {
    out.print(
      JSON.stringify({
        dryRun: true,
        message: change === undefined ? null : formatMessage(change.message),
        files,
      }),
    );
  } else if (change === undefined) {
    out.print('nothing to commit');
  } else {
    out.print(`would commit to ${repo.name}:`);
    for (const file of files) out.print(`  ${file.change.padEnd(6)} ${file.path}`);
    out.print(`\n${formatMessage(change.message).trimEnd()}`);
  }
  return ExitCode.ok;
}

/** `(commit 4f2c1ab)`, or that there was nothing to commit. */
export function commitNote(commit: string | null): string {
  return commit === null ? '(no commit needed)' : `(commit ${commit.slice(0, 10)})`;
}
