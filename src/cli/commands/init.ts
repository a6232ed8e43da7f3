import { resolve } from 'node:path';
import { initRepo } from '../../app/init.ts';
import { hasErrors } from '../../app/synth.ts';
import type { CommandDefinition } from '../command.ts';
import { ExitCode } from '../exit-code.ts';
import { rootOf } from '../target.ts';

export const initCommand: CommandDefinition = {
  description: 'Files that are there already stay as they are, so running it again is harmless.',
  arguments: [{ name: '[dir]', description: 'where; the current folder by default' }],
  examples: [
    'toolforge-gitops init my-config && cd my-config && git init && git add . && git commit -m "first"',
  ],
  async run(invocation) {
    const { words, deps, out, format } = invocation;
    const root = resolve(rootOf(invocation), words[0] ?? '.');
    const { created, kept, synthesis } = await initRepo(deps.openFiles(root), deps.repoTemplates);
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
