import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GIT_ENV } from './objects.ts';

export interface Seed {
  readonly cloneUrl: string;
  readonly token: string;
  readonly branch: string;
  /** Text, or what a symbolic link (`120000`) or a program (`100755`) is to hold. */
  readonly files: Readonly<Record<string, string | { readonly mode: string; readonly text: string }>>;
}

/** Makes a branch of one commit with exactly these files, by a git push. */
export async function pushBranch({ cloneUrl, token, branch, files }: Seed): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'push-branch-'));
  try {
    await promisify(execFile)('git', ['init', '-q', '--bare', '-b', branch, dir], { env: GIT_ENV });
    await importFiles(dir, branch, files);
    const env = {
      ...GIT_ENV,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: token ${token}`,
    };
    const args = ['-C', dir, 'push', '-q', cloneUrl, `refs/heads/${branch}`];
    await promisify(execFile)('git', args, { env });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** One commit of many files, by git's own bulk import. */
export async function importFiles(dir: string, branch: string, files: Seed['files']): Promise<void> {
  const parts = [
    `commit refs/heads/${branch}\ncommitter seed <seed@example.org> 1767225600 +0000\ndata 5\nseed\n\n`,
  ];
  for (const [path, file] of Object.entries(files)) {
    const { mode, text } = typeof file === 'string' ? { mode: '100644', text: file } : file;
    parts.push(`M ${mode} inline ${JSON.stringify(path)}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  const child = spawn('git', ['-C', dir, 'fast-import', '--quiet', '--force'], { env: GIT_ENV });
  child.stdin.end(parts.join(''));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}
