import { resolve } from 'node:path';
import { CI_HOSTS, configRepoWorkflow } from '../../app/ci-templates.ts';
import { initRepo } from '../../app/init.ts';
import { hasErrors } from '../../app/validate.ts';
import { GitopsError } from '../../errors.ts';
import { parseImageRef } from '../../model/image-ref.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { rootOf } from '../target.ts';

const CLI_IMAGE = 'registry.example.org/toolforge-shared/toolforge-gitops:latest';

export const initCommand: CommandDefinition = {
  description: 'Files that are there already stay as they are, so running it again is harmless.',
  arguments: [{ name: '[dir]', description: 'where; the current folder by default' }],
  options: [
    {
      flags: '--ci <kind>',
      description: 'workflow that checks changes: gitea (default), github, gitlab, none',
    },
    { flags: '--cli-image <image>', description: `image with this program, for the workflow (${CLI_IMAGE})` },
  ],
  examples: [
    'toolforge-gitops init my-config && cd my-config && git init && git add . && git commit -m "first"',
  ],
  async run(invocation) {
    const { words, deps, out, format } = invocation;
    const workflow = workflowOf(invocation);
    const root = resolve(rootOf(invocation), words[0] ?? '.');
    const { created, kept, synthesis } = await initRepo(deps.openFiles(root), workflow);
    if (synthesis.diagnostics.length > 0) {
      out.error(renderDiagnostics(synthesis, { format: 'text', colour: false }).trimEnd());
    }
    const written = synthesis.plan?.writes.map(({ path }) => path) ?? [];
    if (format === 'json') {
      out.print(JSON.stringify({ root, created: [...created, ...written], kept }));
    } else {
      for (const path of kept) out.print(`kept     ${path}`);
      for (const path of [...created, ...written]) out.print(`created  ${path}`);
      out.note(`next: edit ${root}/tools-config/platform.yaml, then \`toolforge-gitops synth\` and commit`);
    }
    return hasErrors(synthesis) ? ExitCode.findings : ExitCode.ok;
  },
};

/** The workflow as a file of the repo; none for `--ci none`. */
function workflowOf({ options, deps }: Invocation): ReadonlyMap<string, string> {
  const kind = options.text('ci') ?? 'gitea';
  if (kind === 'none') return new Map();
  const host = CI_HOSTS.find((known) => known === kind);
  if (host === undefined) throw new GitopsError('usage', `--ci takes ${CI_HOSTS.join(', ')}, none`);
  const cliImage = options.text('cliImage') ?? CLI_IMAGE;
  if (parseImageRef(cliImage) === undefined) {
    throw new GitopsError('usage', '--cli-image is no image reference');
  }
  return new Map([configRepoWorkflow(deps.readTemplate, host, { branch: 'main', cliImage })]);
}
