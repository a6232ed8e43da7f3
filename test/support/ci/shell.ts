import { spawn } from 'node:child_process';

export interface ShellRun {
  readonly code: number;
  /** stdout and stderr, as a person sees them in a job's log. */
  readonly log: string;
}

export type Env = Readonly<Record<string, string>>;

/** Runs a step's script as runners do: `sh -e`, in a folder, with this environment and nothing else. */
export function runShell(script: string, cwd: string, env: Env): Promise<ShellRun> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-e', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    const keep = (chunk: Buffer): void => {
      log += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (code) => resolve({ code: code ?? -1, log }));
  });
}
