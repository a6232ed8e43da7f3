import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BumpTask } from './bump-program.ts';

export interface BumpAnswer {
  readonly commit?: string;
  readonly made?: boolean;
  readonly attempts?: number;
  readonly counts?: { readonly objects: number; readonly fetches: number };
  readonly error?: { readonly code?: string; readonly message?: string };
  /** The process was killed before it could answer. */
  readonly killed?: true;
}

export interface BumpProcess {
  run(task: BumpTask, env: Readonly<Record<string, string>>): Promise<BumpAnswer>;
}

/** The bump program as a process of its own, bundled into a folder. */
export async function bumpProcess(folder: string): Promise<BumpProcess> {
  const outfile = join(folder, 'bump.mjs');
  const entryPoints = [new URL('bump-main.ts', import.meta.url).pathname];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return {
    run: (task, env) =>
      new Promise((answered, failed) => {
        execFile(process.execPath, [outfile, JSON.stringify(task)], { env }, (error, stdout, stderr) => {
          if (error?.signal === 'SIGKILL') answered({ killed: true });
          else if (error !== null) failed(new Error(`the bump program failed: ${stderr}`, { cause: error }));
          else answered(JSON.parse(stdout) as BumpAnswer);
        });
      }),
  };
}
