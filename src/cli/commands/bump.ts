import { type Bumped, bumpEdit } from '../../app/bump.ts';
import { BUILD_OPTIONS } from '../build-options.ts';
import { bumpRequestOf } from '../bump-request.ts';
import type { CommandDefinition } from '../command.ts';
import { REPO_OPTIONS } from '../config-repo.ts';
import { commitNote, DRY_RUN_OPTION, runImagesEdit } from '../run-edit.ts';

export const bumpCommand: CommandDefinition = {
  description:
    'IMAGE is host/repository:tag@sha256:…, or has a tag only (the registry is asked for its digest), or is a bare ' +
    'digest. Outcomes: deployed; unchanged (recorded already); held (recorded, and waits behind the hold); stale (a newer ' +
    'build is deployed). All of them exit 0.',
  arguments: [
    { name: '<tool>', description: 'whose' },
    { name: '<component...>', description: 'COMPONENT=IMAGE, or COMPONENT with --report' },
  ],
  options: [
    ...REPO_OPTIONS,
    { flags: '--report <file>', description: 'report.toml of a buildpack build: the image and its digest' },
    ...BUILD_OPTIONS,
    DRY_RUN_OPTION,
  ],
  examples: [
    'toolforge-gitops bump hello web=registry.example.org/tool-hello/web:latest@sha256:…',
    'toolforge-gitops bump hello web --report report.toml --source-commit "$GITHUB_SHA"',
  ],
  async run(invocation) {
    const request = await bumpRequestOf(invocation);
    const { tool } = request;
    return runImagesEdit(invocation, bumpEdit(request, invocation.deps), {
      json: (commit, { outcome, components }) => ({ outcome, commit, tool, components }),
      text: (commit, result) => bumpText(tool, commit, result),
    });
  },
};

function bumpText(tool: string, commit: string | null, { components }: Bumped): string {
  const lines = Object.entries(components).map(
    ([name, { outcome, image }]) => `${tool}/${name}: ${EXPLAINED[outcome]} ${image}`,
  );
  return [...lines, commitNote(commit)].join('\n');
}

const EXPLAINED = {
  deployed: 'deployed',
  unchanged: 'unchanged, runs already',
  held: 'held, the build waits; still runs',
  stale: 'stale, a newer build is there; still runs',
} as const;
