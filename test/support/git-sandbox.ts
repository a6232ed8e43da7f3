import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder with real git in it, apart from the git config of whoever runs the tests. */
export interface GitSandbox {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs git; answers its output without the last line end. */
  git(args: readonly string[], input?: string | Buffer): string;
  /** A bare repo with one commit of these files on `main`; its folder. */
  bare(name: string, files: Readonly<Record<string, string>>): string;
  /** Writes an executable script; its path. */
  script(name: string, text: string): string;
  close(): void;
}

export function gitSandbox(): GitSandbox {
  const root = mkdtempSync(join(tmpdir(), 'gitops-test-'));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const git: GitSandbox['git'] = (args, input = '') =>
    execFileSync('git', args as string[], { cwd: root, env, input, maxBuffer: 2 ** 28, stdio: 'pipe' })
      .toString('utf8')
      .replace(/\n$/, '');
  return {
    root,
    env,
    git,
    bare(name, files) {
      const folder = join(root, name);
      git(['init', '--quiet', '--bare', '--initial-branch=main', folder]);
      if (Object.keys(files).length > 0) git(['-C', folder, 'fast-import', '--quiet'], importStream(files));
      return folder;
    },
    script(name, text) {
      const file = join(root, name);
      writeFileSync(file, text, { mode: 0o755 });
      return file;
    },
    close: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Input for `git fast-import` that makes one commit of the files on `main`. */
export function importStream(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const add = (text: string) => parts.push(Buffer.from(text, 'utf8'));
  add('commit refs/heads/main\ncommitter seed <seed@example.org> 1764000000 +0000\ndata 4\nseed\n');
  for (const [path, text] of Object.entries(files)) {
    add(`M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  return Buffer.concat(parts);
}
