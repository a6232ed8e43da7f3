import { CI_HOSTS, type CiHost } from '../app/ci-templates.ts';
import { GitopsError } from '../errors.ts';
import { parseImageRef } from '../model/image-ref.ts';
import type { Invocation, OptionDefinition } from './command.ts';

const CLI_IMAGE = 'registry.example.org/toolforge-shared/toolforge-gitops:latest';

/** Options of commands that fill in a CI workflow. */
export const CI_OPTIONS: readonly OptionDefinition[] = [
  { flags: '--ci <kind>', description: `whose workflow: ${CI_HOSTS.join(', ')} (else gitea)` },
  { flags: '--cli-image <image>', description: `image with this program, for the workflow (${CLI_IMAGE})` },
];

export function ciHostOf({ options }: Invocation): CiHost {
  const kind = options.text('ci') ?? 'gitea';
  const host = CI_HOSTS.find((known) => known === kind);
  if (host === undefined) throw new GitopsError('usage', `--ci takes ${CI_HOSTS.join(', ')}`);
  return host;
}

export function cliImageOf({ options }: Invocation): string {
  const image = options.text('cliImage') ?? CLI_IMAGE;
  if (parseImageRef(image) !== undefined) return image;
  throw new GitopsError('usage', '--cli-image is no image reference');
}
