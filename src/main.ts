import { hash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { GitConfigRepo } from './adapters/git/git-config-repo.ts';
import { gitUrlOf, isGiteaUrl, parseGiteaUrl } from './adapters/gitea/gitea-url.ts';
import { systemClock } from './adapters/system/clock.ts';
import { currentFolder } from './adapters/system/current-folder.ts';
import { diskCache } from './adapters/system/disk-cache.ts';
import { diskFiles } from './adapters/system/disk-files.ts';
import { watchOutput } from './adapters/system/output-errors.ts';
import { readAll } from './adapters/system/read-stream.ts';
import { secretReader } from './adapters/system/secrets.ts';
import { workerThreads } from './adapters/system/threads.ts';
import { userName } from './adapters/system/user-name.ts';
import { commands } from './cli/commands.ts';
import type { Deps } from './cli/deps.ts';
import { ExitCode } from './cli/exit-code.ts';
import { describeFault, faultText } from './cli/fault.ts';
import { runProgram } from './cli/program.ts';
import type { Platform } from './model/platform.ts';
import type { ConfigRepo } from './ports/config-repo.ts';
import type { Log } from './ports/log.ts';
import type { Registry } from './ports/registry.ts';
import { VERSION } from './version.ts';

const { env } = process;
/** Like this file it names the rest of the bundle by its content. */
const THREAD = new URL('./synth-thread.js', import.meta.url);
const clock = systemClock;
const readSecret = secretReader(env);

/** Scratch repos are removed when the process ends, whatever ends it. */
async function openGit(url: string, branch: string): Promise<GitConfigRepo> {
  const { gitConfigRepo } = await import('./adapters/git/git-config-repo.ts');
  const repo = gitConfigRepo({ url, branch, clock, env, token: readSecret('TFG_GITEA_TOKEN') });
  process.once('exit', () => repo.dispose());
  return repo;
}

async function openRepo(address: string, branch: string): Promise<ConfigRepo> {
  if (!isGiteaUrl(address)) return openGit(address, branch);
  const { giteaConfigRepo } = await import('./adapters/gitea/gitea-config-repo.ts');
  const place = parseGiteaUrl(address);
  const token = readSecret('TFG_GITEA_TOKEN');
  const bulk = await openGit(gitUrlOf(place), branch);
  return giteaConfigRepo({ address: place, branch, token, clock, bulk });
}

/** HTTP and what goes with it is loaded for those who ask a registry. */
function openRegistry(platform: Platform): Registry {
  let opened: Promise<Registry> | undefined;
  return {
    async resolve(image) {
      opened ??= loadRegistry(platform);
      return (await opened).resolve(image);
    },
  };
}

async function loadRegistry({ registry, imageHosts }: Platform): Promise<Registry> {
  const [{ httpRegistry }, { readCredentials }, { readDockerConfigFile }] = await Promise.all([
    import('./adapters/registry/http-registry.ts'),
    import('./adapters/registry/credentials.ts'),
    import('./adapters/registry/docker-config.ts'),
  ]);
  const login = {
    TFG_REGISTRY_USER: readSecret('TFG_REGISTRY_USER'),
    TFG_REGISTRY_PASSWORD: readSecret('TFG_REGISTRY_PASSWORD'),
  };
  const credentials = readCredentials({
    env: login,
    dockerConfig: readDockerConfigFile(env.DOCKER_CONFIG || join(homedir(), '.docker')),
    platformHost: registry.host,
  });
  return httpRegistry({
    clock,
    credentials,
    platformHost: registry.host,
    trustedHosts: imageHosts,
    insecureHosts: registry.insecure ? [registry.host] : [],
  });
}

/** The log's packages are loaded for the service alone. */
async function openLog({ secrets, level }: Parameters<Deps['openLog']>[0]): Promise<Log> {
  const { pinoLog } = await import('./adapters/system/pino-log.ts');
  return pinoLog({ secrets, level, write: (line) => process.stderr.write(line) });
}

function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        asked += 1;
        if (asked > 1) process.exit(1);
        resolve();
      });
    }
  });
}

const deps: Deps = {
  version: VERSION,
  get cwd() {
    return currentFolder();
  },
  env,
  clock,
  openFiles: diskFiles,
  threads: workerThreads(THREAD),
  cache: diskCache(env),
  build() {
    const files = [import.meta.url, THREAD].map((file) => hash('sha256', readFileSync(new URL(file))));
    return [process.version, ...files].join();
  },
  async openRevision(folder, ref) {
    const { revisionTree } = await import('./adapters/git/revision-tree.ts');
    return revisionTree({ folder, ref, env });
  },
  openRepo,
  openRegistry,
  openSpecSource: ({ fetch: { trustedHosts } }) => ({
    async fetch(url) {
      const { httpSpecSource } = await import('./adapters/fetch/http-spec-source.ts');
      return httpSpecSource({ trustedHosts, clock }).fetch(url);
    },
  }),
  userName,
  readSecret,
  random: randomBytes,
  openLog,
  stopRequested,
  readStdin: () => readAll(process.stdin),
  readTemplate: (path) => readFileSync(new URL(`../templates/${path}`, import.meta.url), 'utf8'),
};

watchOutput(ExitCode.environment);
process.on('uncaughtException', (error) => {
  process.stderr.write(`${faultText(describeFault(error, deps))}\n`);
  process.exit(ExitCode.environment);
});

process.exitCode = await runProgram(process.argv.slice(2), {
  commands,
  deps,
  streams: { stdout: process.stdout, stderr: process.stderr, env },
});
