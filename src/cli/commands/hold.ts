import { holdEdit, unholdEdit } from '../../app/hold.ts';
import type { CommandDefinition } from '../command.ts';
import { actorOf, BY_OPTION, REPO_OPTIONS } from '../config-repo.ts';
import { commitNote, DRY_RUN_OPTION, runImagesEdit } from '../run-edit.ts';

const TOOL_AND_COMPONENT = [
  { name: '<tool>', description: 'whose' },
  { name: '<component>', description: 'which' },
];

export const holdCommand: CommandDefinition = {
  arguments: TOOL_AND_COMPONENT,
  options: [
    ...REPO_OPTIONS,
    { flags: '--reason <text>', description: 'shown in Argo CD and in the history' },
    { flags: '--until <time>', description: 'ends by itself then, as 2026-12-01T00:00:00Z' },
    BY_OPTION,
    DRY_RUN_OPTION,
  ],
  examples: ['toolforge-gitops hold hello web --reason "freeze" --until 2026-12-01T00:00:00Z'],
  async run(invocation) {
    const { words, options, deps } = invocation;
    const [tool = '', component = ''] = words;
    const [reason, until] = [options.text('reason'), options.text('until')];
    const edit = holdEdit({ tool, component, reason, until, by: actorOf(invocation) }, deps.clock);
    return runImagesEdit(invocation, edit, {
      json: (commit, { outcome, image }) => ({ outcome, commit, tool, component, image }),
      text: (commit, { image }) => `${tool}/${component}: held at ${image}\n${commitNote(commit)}`,
    });
  },
};

export const unholdCommand: CommandDefinition = {
  arguments: TOOL_AND_COMPONENT,
  options: [
    ...REPO_OPTIONS,
    { flags: '--keep', description: 'stay on the image and forget the build that waits' },
    BY_OPTION,
    DRY_RUN_OPTION,
  ],
  async run(invocation) {
    const { words, options } = invocation;
    const [tool = '', component = ''] = words;
    const edit = unholdEdit({ tool, component, keep: options.flag('keep'), by: actorOf(invocation) });
    return runImagesEdit(invocation, edit, {
      json: (commit, { outcome, image }) => ({ outcome, commit, tool, component, image }),
      text: (commit, { outcome, image }) =>
        `${tool}/${component}: ${EXPLAINED[outcome]} ${image}\n${commitNote(commit)}`,
    });
  },
};

const EXPLAINED = {
  deployed: 'no longer held; deployed',
  released: 'no longer held; stays on',
  unchanged: 'was not held; runs',
} as const;
