import { rollbackEdit } from '../../app/rollback.ts';
import type { CommandDefinition } from '../command.ts';
import { actorOf, BY_OPTION, REPO_OPTIONS } from '../config-repo.ts';
import { commitNote, DRY_RUN_OPTION, runImagesEdit } from '../run-edit.ts';

export const rollbackCommand: CommandDefinition = {
  description:
    'The hold keeps the next build from undoing it: `unhold` lets the component move again. Refused when the registry no ' +
    'longer has the image.',
  arguments: [
    { name: '<tool>', description: 'whose' },
    { name: '[component]', description: 'which; may be left out when only one has builds' },
  ],
  options: [
    ...REPO_OPTIONS,
    {
      flags: '--to <digest>',
      description: 'an earlier image by digest, or its first digits (else the one before)',
    },
    { flags: '--reason <text>', description: 'shown in Argo CD and in the history' },
    BY_OPTION,
    DRY_RUN_OPTION,
  ],
  examples: ['toolforge-gitops rollback hello web --reason "the release loses edits"'],
  async run(invocation) {
    const { words, options, deps } = invocation;
    const [tool = '', component] = words;
    const [to, reason] = [options.text('to'), options.text('reason')];
    const edit = rollbackEdit({ tool, component, to, reason, by: actorOf(invocation) }, deps);
    return runImagesEdit(invocation, edit, {
      json: (commit, { outcome, component: name, build, left }) => ({
        outcome,
        commit,
        tool,
        component: name,
        image: build.image,
        left: left.image,
      }),
      text: (commit, { outcome, component: name, build }) =>
        `${tool}/${name}: ${outcome === 'unchanged' ? 'runs and holds already' : 'rolled back to'} ${build.image}\n` +
        `held: \`toolforge-gitops unhold ${tool} ${name}\` lets it move again\n${commitNote(commit)}`,
    });
  },
};
