import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { GiteaPlace } from './gitea/place.ts';

export interface WriterProgram {
  /** Starts a process that bumps these tools at once. */
  start(place: GiteaPlace, bumps: readonly string[], patience?: number): ChildProcess;
  /** The same, to its end. */
  run(place: GiteaPlace, bumps: readonly string[], patience?: number): Promise<WriterResult>;
  remove(): Promise<void>;
}

export interface WriterResult {
  readonly code: number | null;
  readonly made: readonly { readonly tool: string; readonly made: boolean; readonly attempts: number }[];
  readonly stderr: string;
}

/** test/support/gitea-writer.ts as a program that node runs. */
export async function buildWriter(): Promise<WriterProgram> {
  const dir = await mkdtemp(join(tmpdir(), 'gitea-writer-'));
  const program = join(dir, 'writer.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'gitea-writer.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const start: WriterProgram['start'] = ({ repoUrl, branch, token }, bumps, patience = 120_000) =>
    spawn(process.execPath, [program, repoUrl, branch, ...bumps], {
      env: { ...process.env, WRITER_TOKEN: token, WRITER_PATIENCE: String(patience) },
    });
  return {
    start,
    async run(place, bumps, patience) {
      const child = start(place, bumps, patience);
      const output = { stdout: '', stderr: '' };
      child.stdout?.on('data', (chunk) => {
        output.stdout += chunk;
      });
      child.stderr?.on('data', (chunk) => {
        output.stderr += chunk;
      });
      const [code] = await once(child, 'close');
      const lines = output.stdout.split('\n').filter((line) => line !== '');
      return { code, made: lines.map((line) => JSON.parse(line)), stderr: output.stderr };
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
