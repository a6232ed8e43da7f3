import { planPublish, publish } from '../../app/publish.ts';
import { blastRadius } from '../../model/blast-radius.ts';
import { isError } from '../../spec/diagnostic.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { landOptions, openConfigRepo, REPO_OPTIONS } from '../config-repo.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { diffValue } from '../diff-json.ts';
import { ExitCode } from '../exit-code.ts';
import { commitNote, DRY_RUN_OPTION, previewEdit } from '../run-edit.ts';

export const publishCommand: CommandDefinition = {
  description:
    'Works on the newest commit of the config repo and needs no checkout. Refused: deleting a tool that was not retired, ' +
    "or more files than the platform's limit, unless the tools are named.",
  options: [
    ...REPO_OPTIONS,
    { flags: '--allow-delete <tool...>', description: 'tools whose deletion is meant' },
    { flags: '--keep-going', description: 'publish what can be rendered; tools in error keep their files' },
    DRY_RUN_OPTION,
  ],
  examples: ['toolforge-gitops publish', 'toolforge-gitops publish --allow-delete old-gadget'],
  async run(invocation) {
    const { options, out, format } = invocation;
    const request = {
      allowDelete: new Set(options.list('allowDelete')),
      keepGoing: options.flag('keepGoing'),
      onProgress: progressOf(invocation),
    };
    const repo = await openConfigRepo(invocation);
    if (options.flag('dryRun')) {
      return previewEdit(invocation, repo, async (head) => (await planPublish(head, request)).change);
    }
    const { commit, synthesis, diff } = await publish(repo, request, landOptions(invocation));
    if (synthesis.diagnostics.length > 0) {
      out.error(renderDiagnostics(synthesis, { format: 'text', colour: false }).trimEnd());
    }
    if (format === 'json') out.print(JSON.stringify({ commit, ...diffValue(diff) }));
    else out.print(`${blastRadius(diff)} ${commitNote(commit)}`);
    return synthesis.diagnostics.some(isError) ? ExitCode.findings : ExitCode.ok;
  },
};

function progressOf({ deps, out }: Invocation): (done: number, of: number) => void {
  const started = deps.clock.now();
  return (done, of) => {
    if (done % 100 === 0 && deps.clock.now() - started > 1000)
      out.progress(`rendering ${done} of ${of} tools`);
  };
}
