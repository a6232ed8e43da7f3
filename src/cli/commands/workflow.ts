import { workflowFor } from '../../app/tool-workflow.ts';
import { treeOfFiles } from '../../app/tree.ts';
import { CI_OPTIONS, ciHostOf, cliImageOf } from '../ci-options.ts';
import type { CommandDefinition } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { openRoot } from '../target.ts';

export const workflowCommand: CommandDefinition = {
  description:
    'Printed for the tool’s own repo: it builds every push with Cloud Native Buildpacks, without a Docker daemon, ' +
    'publishes the image and records it. The builder is the one that the spec names.',
  arguments: [
    { name: '<tool>', description: 'whose' },
    { name: '[component]', description: 'which; may be left out when only one is built' },
  ],
  options: [...CI_OPTIONS, { flags: '--branch <name>', description: 'branch whose pushes are built (main)' }],
  examples: ['toolforge-gitops workflow hello > ../hello/.gitea/workflows/deploy.yaml'],
  async run(invocation) {
    const { words, options, deps, out, format } = invocation;
    const [tool = '', component] = words;
    const request = {
      tool,
      component,
      host: ciHostOf(invocation),
      branch: options.text('branch') ?? 'main',
      cliImage: cliImageOf(invocation),
    };
    const [path, text] = await workflowFor(treeOfFiles(openRoot(invocation)), request, deps.readTemplate);
    out.print(format === 'json' ? JSON.stringify({ path, text }) : text);
    out.note(`for ${path} of the tool's repo`);
    return ExitCode.ok;
  },
};
