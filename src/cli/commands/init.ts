import { resolve } from 'node:path';
import { configRepoWorkflow } from '../../app/ci-templates.ts';
import { initRepo } from '../../app/init.ts';
import { hasErrors } from '../../app/validate.ts';
import { CI_OPTIONS, ciHostOf, cliImageOf } from '../ci-options.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { rootOf } from '../target.ts';

export const initCommand: CommandDefinition = {
  description:
    'Files that are there already stay as they are, so running it again is harmless. `--ci none` leaves the workflow out.',
  arguments: [{ name: '[dir]', description: 'where; the current folder by default' }],
  options: CI_OPTIONS,
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
    const written = synthesis.plan?.writes ?? [];
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
function workflowOf(invocation: Invocation): ReadonlyMap<string, string> {
  if (invocation.options.text('ci') === 'none') return new Map();
  const values = { branch: 'main', cliImage: cliImageOf(invocation) };
  return new Map([configRepoWorkflow(invocation.deps.readTemplate, ciHostOf(invocation), values)]);
}
