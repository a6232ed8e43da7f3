import { land } from '../../app/land.ts';
import { pullEdit } from '../../app/pull.ts';
import type { CommandDefinition } from '../command.ts';
import { landOptions, openConfigRepo, REPO_OPTIONS } from '../config-repo.ts';
import { ExitCode } from '../exit-code.ts';
import { commitNote, DRY_RUN_OPTION, previewEdit } from '../run-edit.ts';

export const pullCommand: CommandDefinition = {
  arguments: [{ name: '<tool>', description: 'whose' }],
  options: [...REPO_OPTIONS, DRY_RUN_OPTION],
  async run(invocation) {
    const { words, deps, out, format, options } = invocation;
    const [tool = ''] = words;
    const edit = pullEdit(tool, deps);
    const repo = await openConfigRepo(invocation);
    if (options.flag('dryRun')) return previewEdit(invocation, repo, edit.run);
    const { commit, made } = await land(repo, edit.run, landOptions(invocation));
    const landed = made ? commit : null;
    if (format === 'json') out.print(JSON.stringify({ tool, commit: landed, source: edit.source() }));
    else out.print(`${tool}: ${made ? 'fetched' : 'unchanged,'} ${edit.source()} ${commitNote(landed)}`);
    return ExitCode.ok;
  },
};
