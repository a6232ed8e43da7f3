import { loadPlatform } from '../app/load-platform.ts';
import { GitopsError } from '../errors.ts';
import type { Platform } from '../model/platform.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import { isError } from '../spec/diagnostic.ts';
import type { WebhookSecrets } from './api.ts';

export interface ServiceConfig {
  readonly secrets: WebhookSecrets;
  readonly platform: Platform;
}

export interface ConfigSources {
  readonly repo: ConfigRepo;
  readSecret(name: string): string | undefined;
}

export const GITEA_SECRET = 'TFG_WEBHOOK_SECRET';
export const HARBOR_SECRET = 'TFG_HARBOR_WEBHOOK_SECRET';
/** A shorter one can be guessed. */
const SECRET_MIN = 16;

/** Everything that the service needs, checked before it starts; throws `usage` with all that is wrong. */
export async function readServiceConfig({ repo, readSecret }: ConfigSources): Promise<ServiceConfig> {
  const problems: string[] = [];
  const secrets = {
    gitea: readSecrets(GITEA_SECRET, readSecret, problems),
    harbor: readSecrets(HARBOR_SECRET, readSecret, problems),
  };
  const platform = await readPlatform(repo, problems);
  if (platform !== undefined && problems.length === 0) return { secrets, platform };
  throw new GitopsError(
    'usage',
    `the service cannot start:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
  );
}

/** One a line, so that a new one can be brought in before the old one goes. */
function readSecrets(
  name: string,
  readSecret: ConfigSources['readSecret'],
  problems: string[],
): readonly string[] {
  try {
    const secrets = (readSecret(name) ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
    if (secrets.some((secret) => secret.length < SECRET_MIN)) {
      problems.push(`${name}: shorter than ${SECRET_MIN} characters: make one with \`openssl rand -hex 32\``);
    }
    return secrets;
  } catch (error) {
    if (!(error instanceof GitopsError)) throw error;
    problems.push(error.message);
    return [];
  }
}

async function readPlatform(repo: ConfigRepo, problems: string[]): Promise<Platform | undefined> {
  try {
    const { platform, diagnostics } = await loadPlatform(await repo.head());
    for (const { file, line, message } of diagnostics.filter(isError)) {
      problems.push(`${file}:${line}: ${message}`);
    }
    return platform;
  } catch (error) {
    if (!(error instanceof GitopsError)) throw error;
    problems.push(error.hint === undefined ? error.message : `${error.message} (${error.hint})`);
    return undefined;
  }
}
