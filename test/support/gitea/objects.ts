import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

export interface GitObject {
  readonly sha: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly data: Buffer;
}

/** Environment in which git reads no configuration but the repo's. */
export const GIT_ENV = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};

/** The objects of a bare repo: read through one `git cat-file`, written as loose ones. */
export class GitObjects {
  readonly #dir: string;
  readonly #git: ChildProcessWithoutNullStreams;
  readonly #waiting: ((object: GitObject | undefined) => void)[] = [];
  #buffer = Buffer.alloc(0);

  constructor(dir: string) {
    this.#dir = dir;
    this.#git = spawn('git', ['-C', dir, 'cat-file', '--batch'], { env: GIT_ENV });
    this.#git.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** What a revision (`main`, a commit id, `main:path`) names. */
  async read(revision: string): Promise<GitObject | undefined> {
    if (revision.includes('\n')) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#git.stdin.write(`${revision}\n`);
    });
  }

  async write(type: GitObject['type'], data: Buffer): Promise<string> {
    const whole = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
    const sha = createHash('sha1').update(whole).digest('hex');
    const file = join(this.#dir, 'objects', sha.slice(0, 2), sha.slice(2));
    if (existsSync(file)) return sha;
    await mkdir(dirname(file), { recursive: true });
    const draft = join(this.#dir, 'objects', `draft-${randomUUID()}`);
    await writeFile(draft, deflateSync(whole, { level: 1 }));
    await rename(draft, file);
    return sha;
  }

  close(): void {
    this.#git.stdin.end();
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf('\n');
      if (end < 0) return;
      const header = /^([0-9a-f]+) (blob|tree|commit|tag) (\d+)$/.exec(this.#buffer.toString('utf8', 0, end));
      const length = header === null ? 0 : Number(header[3]) + 1;
      if (this.#buffer.length < end + 1 + length) return;
      const data = Buffer.from(this.#buffer.subarray(end + 1, end + length));
      this.#buffer = this.#buffer.subarray(end + 1 + length);
      const object =
        header === null
          ? undefined
          : { sha: header[1] as string, type: header[2] as GitObject['type'], data };
      this.#waiting.shift()?.(object);
    }
  }
}
