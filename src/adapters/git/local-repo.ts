import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git-process.ts';

/** A repo on this machine, found where git itself would look. */
export interface LocalRepo {
  readonly gitDir: string;
  readonly objects: string;
}

/** `undefined` when there is none, or one whose objects lie elsewhere: that goes the way of any remote. */
export function findLocalRepo(path: string): LocalRepo | undefined {
  const gitDir = [`${path}/.git`, path, `${path}.git/.git`, `${path}.git`].find(isGitDir);
  if (gitDir === undefined || gitDir.includes('\n')) return undefined;
  const objects = join(gitDir, 'objects');
  const complete = !existsSync(join(gitDir, 'shallow')) && !hasRelativeAlternates(objects);
  return complete ? { gitDir, objects } : undefined;
}

/** Hooks that git runs when something is pushed. */
const PUSH_HOOKS = [
  'pre-receive',
  'update',
  'proc-receive',
  'reference-transaction',
  'post-receive',
  'post-update',
];

/**
 * Whether a push to it would do no more than store objects and move the branch: bare, no hooks, no rules about what it
 * receives. Then both are done without the walk over all of the fleet's folders by which git checks a push (two seconds
 * at 100,000 tools).
 */
export async function isPlain({ gitDir }: LocalRepo, git: Git): Promise<boolean> {
  const pattern = '^(receive|transfer)\\.|^core\\.(bare|hookspath)$|^extensions\\.';
  // Our own settings for a git call would be listed as well, so the repo's are told by their origin.
  const args = ['config', '-z', '--show-scope', '--get-regexp', pattern];
  const { code, stdout } = await git({ gitDir, args });
  if (code !== 0) return false;
  const fields = stdout.toString('utf8').split('\0');
  const settings = fields.filter((_, at) => at % 2 === 1 && fields[at - 1] !== 'command');
  if (!settings.includes('core.bare\ntrue') || settings.length !== 1) return false;
  return !hasPushHook(join(gitDir, 'hooks'));
}

function hasPushHook(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((name) => PUSH_HOOKS.includes(name) && isExecutable(join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isGitDir(folder: string): boolean {
  try {
    return statSync(join(folder, 'HEAD')).isFile() && statSync(join(folder, 'objects')).isDirectory();
  } catch {
    return false;
  }
}

/** Git takes no relative line from alternates of alternates. */
function hasRelativeAlternates(objects: string): boolean {
  const file = join(objects, 'info/alternates');
  if (!existsSync(file)) return false;
  return readFileSync(file, 'utf8')
    .split('\n')
    .some((line) => line !== '' && !line.startsWith('/'));
}
