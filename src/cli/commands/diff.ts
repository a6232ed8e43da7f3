import { diffRepo } from '../../app/diff.ts';
import { InvalidSpecError } from '../../app/invalid-spec-error.ts';
import type { CommandDefinition } from '../command.ts';
import { diffJson } from '../diff-json.ts';
import { diffMarkdown } from '../diff-markdown.ts';
import { diffText } from '../diff-text.ts';
import { ExitCode } from '../exit-code.ts';
import { openRoot, rootOf } from '../target.ts';

export const diffCommand: CommandDefinition = {
  description:
    'Renders the specs as they are in the folder and compares with manifests-out/: of the folder, or with --against of ' +
    'a commit. Values of environment variables are never shown.',
  options: [{ flags: '--against <ref>', description: 'a branch, tag or commit of the local git repo' }],
  formats: ['text', 'markdown', 'json'],
  examples: ['toolforge-gitops diff', 'toolforge-gitops diff --against origin/main --format markdown'],
  async run(invocation) {
    const { options, format, out, deps } = invocation;
    const against = options.text('against');
    const base = against === undefined ? undefined : await deps.openRevision(rootOf(invocation), against);
    const { diff, diagnostics, sources } = await diffRepo(openRoot(invocation), {
      base,
      parallel: { threads: deps.threads, folder: { root: rootOf(invocation) } },
    });
    if (diff === undefined) throw new InvalidSpecError('a spec', diagnostics, sources);
    if (format === 'json') out.print(diffJson(diff));
    else out.print(format === 'markdown' ? diffMarkdown(diff) : diffText(diff, { colour: out.colour }));
    return ExitCode.ok;
  },
};
