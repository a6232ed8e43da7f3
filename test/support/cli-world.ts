import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { httpSpecSource } from '../../src/adapters/fetch/http-spec-source.ts';
import { gitConfigRepo } from '../../src/adapters/git/git-config-repo.ts';
import { revisionTree } from '../../src/adapters/git/revision-tree.ts';
import { readCredentials } from '../../src/adapters/registry/credentials.ts';
import { httpRegistry } from '../../src/adapters/registry/http-registry.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { diskFiles } from '../../src/adapters/system/disk-files.ts';
import type { CommandEntry } from '../../src/cli/command.ts';
import { commands as ownCommands } from '../../src/cli/commands.ts';
import type { Deps } from '../../src/cli/deps.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { memoryCache } from './memory-cache.ts';
import { cleanEnv } from './run-cli.ts';

export interface WorldRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly clock?: Clock;
  /** Below the world's folder. */
  readonly cwd?: string;
  readonly deps?: Partial<Deps>;
  /** Instead of the program's own. */
  readonly commands?: readonly CommandEntry[];
  /** Whether stdout and stderr are a terminal. */
  readonly tty?: boolean;
}

/** The program in this process, with the real adapters, in a temporary folder. */
export interface CliWorld {
  readonly root: string;
  run(args: readonly string[], options?: WorldOptions): Promise<WorldRun>;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  remove(path: string): void;
  /** Path → text of every file below a folder. */
  files(folder?: string): Readonly<Record<string, string>>;
  close(): void;
}

export function cliWorld(): CliWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-cli-')));
  const opened: { dispose(): void }[] = [];
  const at = (path: string) => join(root, path);
  return {
    root,
    run: (args, options = {}) => runIn(root, args, { options, opened }),
    write(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
      }
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    remove: (path) => rmSync(at(path), { recursive: true }),
    files: (folder = '') => filesBelow(at(folder)),
    close() {
      for (const repo of opened) repo.dispose();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export function filesBelow(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(found.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
}

interface Around {
  readonly options: WorldOptions;
  readonly opened: { dispose(): void }[];
}

async function unavailable(): Promise<never> {
  throw new TypeError('only the service needs this');
}

async function runIn(root: string, args: readonly string[], { options, opened }: Around): Promise<WorldRun> {
  const { env: more, clock = systemClock, stdin = '', cwd = '', tty = false, deps: replaced } = options;
  const { commands = ownCommands } = options;
  const env = { ...cleanEnv(root), ...more };
  const deps: Deps = {
    version: '0.0.0',
    cwd: join(root, cwd),
    env,
    clock,
    threads: { width: 1, run: () => Promise.reject(new Error('no other thread here')) },
    openFiles: diskFiles,
    cache: memoryCache(),
    build: () => 'test',
    openRevision: (folder, ref) => revisionTree({ folder, ref, env }),
    async openRepo(url, branch) {
      const repo = gitConfigRepo({ url, branch, clock, env, token: env.TFG_GITEA_TOKEN });
      opened.push(repo);
      return repo;
    },
    openRegistry: ({ registry }) =>
      httpRegistry({
        clock,
        credentials: readCredentials({ env, dockerConfig: undefined, platformHost: registry.host }),
        platformHost: registry.host,
        trustedHosts: [],
        insecureHosts: [registry.host],
      }),
    openSpecSource: ({ fetch }) => httpSpecSource({ trustedHosts: fetch.trustedHosts, clock }),
    userName: () => undefined,
    readSecret: (name) => env[name],
    random: randomBytes,
    openLog: unavailable,
    stopRequested: unavailable,
    readStdin: async () => stdin,
    readTemplate: (path) => readFileSync(resolve(import.meta.dirname, '../../templates', path), 'utf8'),
    ...replaced,
  };
  const [out, err]: [string[], string[]] = [[], []];
  const streams = {
    stdout: { write: (text: string) => out.push(text), isTTY: tty },
    stderr: { write: (text: string) => err.push(text), isTTY: tty },
    env,
  };
  const code = await runProgram(args, { commands, deps, streams });
  return { code, stdout: out.join(''), stderr: err.join('') };
}
