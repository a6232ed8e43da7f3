import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Fault, Faults } from './gitea/faults.ts';
import { GIT_ENV, GitObjects } from './gitea/objects.ts';
import { importFiles } from './gitea/push.ts';
import { giteaServer } from './gitea/server.ts';
import { git, type RepoState, type Tokens } from './gitea/state.ts';

export type { Fault };

/**
 * A stand-in for Gitea 1.26 on loopback: one real bare git repo behind the endpoints that the product uses, with the
 * same odd answers (test/adapters/gitea/gitea-answers.test.ts holds it against a real server), and git's smart HTTP on
 * the same repo.
 *
 *     const gitea = await startGiteaStandIn({ files: { 'cdk8s.yaml': '…' } });
 *     gitea.repoUrl             // gitea+http://127.0.0.1:40123/toolforge/config, for the product's --repo
 *     gitea.cloneUrl            // http://127.0.0.1:40123/toolforge/config.git; a token as user or password
 *     gitea.tokens.bot          // may write; readScope, reader and outsider may not, each in Gitea's own way
 *     gitea.faults.add(3, { when: 'after', kind: 'cut' });       // the 3rd API request lands, its answer is lost
 *     gitea.faults.add(({ method }) => method === 'POST', { when: 'before', kind: 'status', status: 429 }, 2);
 *     gitea.faults.requests     // all that was asked: number, method, path, bytes in and out, status
 *     gitea.faults.reset();     // forgets faults and requests, counts from 1 again
 *     gitea.state.archived = true;                               // 423
 *     gitea.state.protectedBranches.add('main');                 // 403; refuses git pushes too
 *     await gitea.git('log', '--oneline', 'main');               // git in the bare repo, past the server
 *     await gitea.close();      // stops it and removes its folder
 */
export interface GiteaStandIn {
  /** Base address, without a slash at its end. */
  readonly url: string;
  readonly repoUrl: string;
  readonly cloneUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly branch: string;
  readonly dir: string;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly state: RepoState;
  git(...args: string[]): Promise<string>;
  /** Protects a branch from API writes and git pushes alike. */
  protect(branch: string): Promise<void>;
  close(): Promise<void>;
}

export interface StandInOptions {
  /** Files of the first commit; without them the repo is empty. */
  readonly files?: Readonly<Record<string, string>>;
  readonly owner?: string;
  readonly repo?: string;
  readonly branch?: string;
  /** Where the server lies below its host: `/git`. */
  readonly folder?: string;
}

export async function startGiteaStandIn(options: StandInOptions = {}): Promise<GiteaStandIn> {
  const { files, owner = 'toolforge', repo = 'config', branch = 'main', folder = '' } = options;
  const home = await mkdtemp(join(tmpdir(), 'gitea-stand-in-'));
  const dir = join(home, `${repo}.git`);
  await makeRepo(dir, branch);
  if (files !== undefined) await importFiles(dir, branch, files);
  const state: RepoState = {
    owner,
    repo,
    dir,
    defaultBranch: branch,
    objects: new GitObjects(dir),
    tokens: { bot: token(), readScope: token(), reader: token(), outsider: token() },
    archived: false,
    protectedBranches: new Set(),
    protectedFiles: new Set(),
    moving: new Set(),
    lostRaces: 0,
  };
  const faults = new Faults();
  const server = giteaServer({ state, faults, folder });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}${folder}`;
  return {
    url: `http://${host}`,
    repoUrl: `gitea+http://${host}/${owner}/${repo}`,
    cloneUrl: `http://${host}/${owner}/${repo}.git`,
    ...{ owner, repo, branch, dir, tokens: state.tokens, faults, state },
    git: (...args) => git(dir, ...args),
    async protect(name) {
      state.protectedBranches.add(name);
      await writeFile(join(dir, 'protected-branches'), [...state.protectedBranches].join('\n'));
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      state.objects.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Refuses what a protected branch refuses; Gitea's hook does it there. */
const PRE_RECEIVE = `#!/bin/sh
while read -r old new ref; do
  if grep -qxF "\${ref#refs/heads/}" protected-branches 2>/dev/null; then
    echo "branch \${ref#refs/heads/} is protected" >&2
    exit 1
  fi
done
`;

async function makeRepo(dir: string, branch: string): Promise<void> {
  await promisify(execFile)('git', ['init', '-q', '--bare', '-b', branch, dir], { env: GIT_ENV });
  for (const [key, value] of [
    ['http.receivepack', 'true'],
    ['uploadpack.allowFilter', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
    ['gc.auto', '0'],
  ] as const) {
    await git(dir, 'config', key, value);
  }
  await writeFile(join(dir, 'hooks', 'pre-receive'), PRE_RECEIVE);
  await chmod(join(dir, 'hooks', 'pre-receive'), 0o755);
}

function token(): string {
  return randomBytes(20).toString('hex');
}
