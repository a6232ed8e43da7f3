import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { callRepo, type GiteaPlace } from './gitea/place.ts';
import { pushBranch, type Seed } from './gitea/push.ts';

interface Server {
  readonly url: string;
  readonly token: string;
}

const setting = (name: string): string => process.env[name] ?? '';

export const REAL_GITEA: Server = {
  url: setting('TFG_TEST_GITEA').replace(/\/$/, ''),
  token: setting('TFG_TEST_GITEA_TOKEN'),
};

/** Makes repos with rights of their own; '' when there is none. */
export const ADMIN_TOKEN = setting('TFG_TEST_GITEA_ADMIN_TOKEN');

const REPO = setting('TFG_TEST_GITEA_REPO');

export async function callGitea(
  { url, token }: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    headers: { Authorization: `token ${token}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** A new branch in the repo that the tests may write, of one commit with these files; deleted by `close`. */
export async function realBranch(files: Seed['files']): Promise<GiteaPlace> {
  const branch = `tfg-test-${randomBytes(6).toString('hex')}`;
  const repo = placeOf(REPO, branch, async () => {
    await callGitea(REAL_GITEA, 'DELETE', `/repos/${REPO}/branches/${branch}`);
  });
  await pushBranch({ ...repo, files });
  await untilSeen(repo);
  return repo;
}

/** Gitea takes note of a pushed branch a moment after the push, and answers 500 or 404 until then. */
async function untilSeen(repo: GiteaPlace): Promise<void> {
  for (let tries = 1; (await callRepo(repo, 'GET', `/branches/${repo.branch}`)).status !== 200; tries += 1) {
    if (tries === 100) throw new Error(`${repo.repoUrl} does not show its branch`);
    await sleep(100);
  }
}

export interface RepoSetup {
  /** Without them the repo stays empty. */
  readonly files?: Seed['files'];
  readonly permission?: 'none' | 'read' | 'write';
  readonly protect?: boolean;
  readonly archive?: boolean;
}

/** A new repo that only this test uses, made with the admin's token; deleted by `close`. */
export async function realRepo({ files, permission, protect, archive }: RepoSetup): Promise<GiteaPlace> {
  const [owner = ''] = REPO.split('/');
  const name = `tfg-test-${randomBytes(6).toString('hex')}`;
  const path = `/repos/${owner}/${name}`;
  await admin('POST', `/orgs/${owner}/repos`, { name, private: true, default_branch: 'main' });
  const repo = placeOf(`${owner}/${name}`, 'main', async () => {
    await admin('DELETE', path);
  });
  const bot = ((await (await callGitea(REAL_GITEA, 'GET', '/user')).json()) as { login: string }).login;
  if (files !== undefined) await pushBranch({ ...repo, token: ADMIN_TOKEN, files });
  if (permission !== 'none') {
    await admin('PUT', `${path}/collaborators/${bot}`, { permission: permission ?? 'write' });
  }
  if (files !== undefined) await untilSeen({ ...repo, token: ADMIN_TOKEN });
  if (protect) await admin('POST', `${path}/branch_protections`, { rule_name: 'main', enable_push: false });
  if (archive) await admin('PATCH', path, { archived: true });
  return repo;
}

async function admin(method: string, path: string, body?: unknown): Promise<void> {
  const { ok, status } = await callGitea({ ...REAL_GITEA, token: ADMIN_TOKEN }, method, path, body);
  if (!ok) throw new Error(`${method} ${path}: ${status}`);
}

function placeOf(fullName: string, branch: string, close: () => Promise<void>): GiteaPlace {
  const [owner = '', repo = ''] = fullName.split('/');
  const { url, token } = REAL_GITEA;
  return {
    ...{ url, owner, repo, token, branch, close },
    repoUrl: `gitea+${url}/${fullName}`,
    cloneUrl: `${url}/${fullName}.git`,
  };
}
