import { resolve } from 'node:path';
import { initRepo } from '../../app/init.ts';
import { hasErrors } from '../../app/validate.ts';
import { GitopsError } from '../../errors.ts';
import { parseImageRef } from '../../model/image-ref.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { rootOf } from '../target.ts';

/** Where the workflow of each kind of host lies. */
const WORKFLOWS: Readonly<Record<string, string | undefined>> = {
  gitea: '.gitea/workflows/check.yaml',
  github: '.github/workflows/check.yaml',
  gitlab: '.gitlab-ci.yml',
  none: undefined,
};
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
  if (!Object.hasOwn(WORKFLOWS, kind)) {
    throw new GitopsError('usage', `--ci takes ${Object.keys(WORKFLOWS).join(', ')}`);
  }
  const path = WORKFLOWS[kind];
  if (path === undefined) return new Map();
  const image = options.text('cliImage') ?? CLI_IMAGE;
  if (parseImageRef(image) === undefined) throw new GitopsError('usage', '--cli-image is no image reference');
  const text = deps.repoTemplate(path).replaceAll('@BRANCH@', 'main').replaceAll('@CLI_IMAGE@', image);
  return new Map([[path, text]]);
}
