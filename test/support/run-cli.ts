import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The bundle, as users run it; test/support/global-setup.ts builds it. */
export const MAIN = resolve(import.meta.dirname, '../../dist/main.js');

export interface CliRun {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; nothing by default. */
  readonly input?: string | Buffer;
  /** User to run as, where the tests run as root. */
  readonly uid?: number;
  readonly main?: string;
}

/** What every run gets: nothing of the tests' own environment but the way to node and git. */
export function cleanEnv(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    // No folder can be there, so no run knows of another.
    XDG_CACHE_HOME: '/dev/null/cache',
  };
}

/** Runs the program as a process of its own. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const { cwd, env = {}, input = '', uid, main = MAIN } = options;
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...cleanEnv(cwd), ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A run that ends before it has read all is no matter here.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}
