import type { LandOptions } from '../app/land.ts';
import { loadPlatform } from '../app/load-platform.ts';
import { treeOfFiles } from '../app/tree.ts';
import { GitopsError } from '../errors.ts';
import { PLATFORM_FILE } from '../model/layout.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Invocation, OptionDefinition, Options } from './command.ts';
import type { Deps } from './deps.ts';
import { openRoot } from './target.ts';

/** Options of every command that reads or writes the config repo itself. */
export const REPO_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--repo <url>',
    description:
      'config repo: a path, a git URL, or gitea+https://host/owner/repo (else TFG_REPO, else platform.yaml)',
  },
  { flags: '--branch <name>', description: 'its branch (else TFG_BRANCH, else platform.yaml, else main)' },
];

/** Who asks, where the bot acts for a person. */
export const BY_OPTION: OptionDefinition = {
  flags: '--by <name>',
  description: 'on whose behalf (else TFG_ACTOR, the CI user, or the login name)',
};

/** A variable that is set to nothing, as CI does with one that it does not know, counts as not set. */
export async function openConfigRepo(invocation: Invocation): Promise<ConfigRepo> {
  const { options, deps } = invocation;
  const named = options.text('repo') ?? (deps.env.TFG_REPO || undefined);
  const branch = options.text('branch') ?? (deps.env.TFG_BRANCH || undefined);
  if (named !== undefined && branch !== undefined) return deps.openRepo(named, branch);
  const { platform, text } = await loadPlatform(treeOfFiles(openRoot(invocation)));
  const here = text === undefined ? undefined : platform?.configRepo;
  const address = named ?? here?.url;
  if (address === undefined) {
    throw new GitopsError('usage', 'which config repo?', {
      hint: `name it with --repo URL or TFG_REPO, or stand in a checkout with ${PLATFORM_FILE}`,
    });
  }
  return deps.openRepo(address, branch ?? here?.branch ?? 'main');
}

/** The bot signs what it commits; `TFG_BOT_NAME` and `TFG_BOT_EMAIL` give it another name. */
export function landOptions({ deps }: Invocation): LandOptions {
  const { clock, env } = deps;
  const identity = {
    name: env.TFG_BOT_NAME || 'toolforge-gitops',
    email: env.TFG_BOT_EMAIL || 'toolforge-gitops@noreply.invalid',
  };
  return { clock, identity };
}

interface Asked {
  readonly options: Options;
  readonly deps: Pick<Deps, 'env' | 'userName'>;
}

export function actorOf({ options, deps: { env, userName } }: Asked): string {
  const inCi = env.GITEA_ACTOR || env.GITHUB_ACTOR || env.GITLAB_USER_LOGIN;
  const login = env.LOGNAME || env.USER || userName();
  return options.text('by') ?? (env.TFG_ACTOR || inCi || login || 'unknown');
}
