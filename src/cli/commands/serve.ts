import { GitopsError } from '../../errors.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { landOptions, openConfigRepo, REPO_OPTIONS } from '../config-repo.ts';
import { ExitCode } from '../exit-code.ts';

const PORT = '8080';
const HOST = '127.0.0.1';

export const serveCommand: CommandDefinition = {
  description:
    'Stateless: git is the database, so run as many as you like. Settings are in platform.yaml (`service`). Secrets come from ' +
    'the environment, or with _FILE at the name’s end from a file: TFG_GITEA_TOKEN, TFG_WEBHOOK_SECRET (of Gitea’s webhooks), ' +
    'TFG_HARBOR_WEBHOOK_SECRET (the whole Authorization header), TFG_REGISTRY_USER and TFG_REGISTRY_PASSWORD. ' +
    'SIGTERM finishes what was accepted.',
  options: [
    ...REPO_OPTIONS,
    { flags: '--host <address>', description: `address to listen on (else ${HOST})` },
    { flags: '--port <number>', description: `port to listen on (else ${PORT}; 0: any that is free)` },
    { flags: '--log-level <level>', description: 'debug, info, warn or error (else info)' },
  ],
  examples: ['toolforge-gitops serve --repo gitea+https://gitea.example.org/toolforge/config --host 0.0.0.0'],
  async run(invocation) {
    const { deps, options, out } = invocation;
    const server = { host: options.text('host') ?? HOST, port: portOf(invocation) };
    const repo = await openConfigRepo(invocation);
    const { readServiceConfig } = await import('../../http/service-config.ts');
    const { runService } = await import('../../http/run-service.ts');
    const config = await readServiceConfig({ repo, readSecret: (name) => deps.readSecret(name) });
    const log = await deps.openLog({
      secrets: [...config.secrets.gitea, ...config.secrets.harbor, ...otherSecrets(invocation)],
      level: options.text('logLevel'),
    });
    const { identity } = landOptions(invocation);
    const configAddresses = [options.text('repo') ?? deps.env.TFG_REPO ?? ''].map(withoutScheme);
    const service = await runService({ ...deps, repo, config, identity, log, server, configAddresses });
    out.print(`listening on http://${server.host}:${service.port}`);
    await deps.stopRequested();
    await service.stop();
    return ExitCode.ok;
  },
};

function portOf({ options }: Invocation): number {
  const text = options.text('port') ?? PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new GitopsError('usage', '--port must be a number up to 65535');
}

/** What else must not be seen in a log. */
function otherSecrets({ deps }: Invocation): readonly string[] {
  const names = ['TFG_GITEA_TOKEN', 'TFG_REGISTRY_PASSWORD', 'ARGOCD_AUTH_TOKEN'];
  return names.flatMap((name) => deps.readSecret(name) ?? []);
}

function withoutScheme(address: string): string {
  return address.replace(/^gitea\+/, '');
}
