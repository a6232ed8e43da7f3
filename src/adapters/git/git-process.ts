import { type ChildProcess, spawn } from 'node:child_process';
import { kill } from 'node:process';
import { GitopsError } from '../../errors.ts';
import { type ConfigEntry, configEnvironment } from './git-env.ts';

export interface GitCall {
  readonly args: readonly string[];
  /** The repo to work on; git looks for one itself where it is absent. */
  readonly gitDir?: string | undefined;
  readonly input?: readonly (Buffer | string)[] | undefined;
  /** On top of what every call gets. */
  readonly config?: readonly ConfigEntry[] | undefined;
}

export interface GitAnswer {
  /** Exit code; `undefined` when it was ended by a signal or by us. */
  readonly code: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitSettings {
  /** Path or name of the git program. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly config: readonly ConfigEntry[];
  /** Longest time of one call; milliseconds. */
  readonly timeout: number;
}

export type Git = (call: GitCall) => Promise<GitAnswer>;

const MAX_STDOUT = 2 ** 30;
const MAX_STDERR = 64 * 1024;

/** Runs git without a shell and without a terminal, in time and size bounded. Never throws for an exit code. */
export function gitRunner({ program, env, config, timeout }: GitSettings): Git {
  return ({ args, gitDir, input = [], config: more = [] }) =>
    new Promise((settle, reject) => {
      // A process group of its own: git's helpers end with it, and none of them finds a terminal to ask on.
      const place = gitDir === undefined ? [] : [`--git-dir=${gitDir}`];
      const child = spawn(program, [...place, ...args], {
        env: { ...env, ...configEnvironment([...config, ...more]) },
        cwd: gitDir,
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const timer = setTimeout(() => killGroup(child), timeout);
      const stdout = collect(child, MAX_STDOUT);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => {
        stderr = (stderr + part).slice(-MAX_STDERR);
      });
      child.on('error', (cause) => {
        clearTimeout(timer);
        reject(notStarted(cause));
      });
      child.on('close', (code) => {
        clearTimeout(timer);
        settle({ code: code ?? undefined, stdout: Buffer.concat(stdout), stderr });
      });
      feed(child, input);
    });
}

function collect(child: ChildProcess, limit: number): Buffer[] {
  const parts: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (part: Buffer) => {
    size += part.length;
    if (size > limit) killGroup(child);
    else parts.push(part);
  });
  return parts;
}

function feed({ stdin }: ChildProcess, input: readonly (Buffer | string)[]): void {
  // A git that ends early closes its end: its exit code tells, not this error.
  stdin?.on('error', () => undefined);
  for (const part of input) stdin?.write(part);
  stdin?.end();
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

function notStarted(cause: Error): GitopsError {
  return new GitopsError('unavailable', 'the program "git" cannot be started', {
    cause,
    hint: 'install git 2.39 or newer and put it on the PATH',
  });
}
