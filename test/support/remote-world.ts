import { type CliWorld, cliWorld, type WorldOptions, type WorldRun } from './cli-world.ts';
import { type GitSandbox, gitSandbox } from './git-sandbox.ts';

/** The program in this process and a config repo: a bare git repo on this machine. */
export interface RemoteWorld {
  readonly cli: CliWorld;
  readonly sandbox: GitSandbox;
  /** Its folder. */
  readonly remote: string;
  /** Runs a command with TFG_REPO set. */
  run(args: readonly string[], options?: WorldOptions): Promise<WorldRun>;
  /** Runs a command with `--format json`; its exit code and its value. */
  json(args: readonly string[], options?: WorldOptions): Promise<{ code: number; value: Answer }>;
  head(): string;
  /** A file at the newest commit; `undefined` when it is not there. */
  show(path: string): string | undefined;
  commits(): number;
  close(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever a command printed
export type Answer = any;

export function remoteWorld(files: Readonly<Record<string, string>>): RemoteWorld {
  const cli = cliWorld();
  const sandbox = gitSandbox();
  const remote = sandbox.bare('config.git', files);
  const run: RemoteWorld['run'] = (args, { env, ...options } = {}) =>
    cli.run(args, { ...options, env: { TFG_REPO: remote, TFG_ACTOR: 'alice', ...env } });
  const git = (...args: string[]) => sandbox.git(['-C', remote, ...args]);
  return {
    cli,
    sandbox,
    remote,
    run,
    async json(args, options) {
      const { code, stdout } = await run([...args, '--format', 'json'], options);
      return { code, value: JSON.parse(stdout) };
    },
    head: () => git('rev-parse', 'main'),
    commits: () => Number(git('rev-list', '--count', 'main')),
    show(path) {
      const there = git('ls-tree', '-r', '--name-only', 'main').split('\n');
      return there.includes(path) ? `${git('show', `main:${path}`)}\n` : undefined;
    },
    close() {
      cli.close();
      sandbox.close();
    },
  };
}
