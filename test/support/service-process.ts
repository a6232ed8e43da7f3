import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../dist/main.js');

export interface ServiceProcess {
  readonly url: string;
  /** All that it printed so far, stdout and stderr. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; `null` when a signal ended it. */
  ended(): Promise<number | null>;
}

export interface ProcessOptions {
  readonly repo: string;
  /** Else `main`. */
  readonly branch?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `toolforge-gitops serve` as a process of its own, on a free port. */
export async function serviceProcess({
  repo,
  branch = 'main',
  env,
}: ProcessOptions): Promise<ServiceProcess> {
  const args = ['serve', '--repo', repo, '--branch', branch, '--port', '0'];
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: 'pipe' });
  const output = collected(child);
  const ending = once(child, 'close').then(([code]) => code as number | null);
  const url = await Promise.race([announced(child, output), ending.then(() => undefined)]);
  if (url === undefined) throw new Error(`the service did not start: ${output()}`);
  return { url, output, kill: (signal) => child.kill(signal), ended: () => ending };
}

/** A command to its end. */
export async function runMain(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...said };
}

function collected(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  return () => text;
}

async function announced(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const [, url] = /listening on (http:\/\/\S+)/.exec(output()) ?? [];
    if (url !== undefined) return url;
    await once(child.stdout as NodeJS.ReadableStream, 'data');
  }
}
