import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { ReadTemplate } from '../../../src/app/ci-templates.ts';
import { type GitSandbox, gitSandbox } from '../git-sandbox.ts';
import type { Env } from './shell.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The templates of the checkout. */
export const readTemplate: ReadTemplate = (path) => readFileSync(join(ROOT, 'templates', path), 'utf8');

/** A tool's repo, a bare config repo, and a folder with the programs that a job's image holds. */
export interface CiWorld {
  readonly sandbox: GitSandbox;
  readonly templates: ReadTemplate;
  readonly configRepo: string;
  /** What a runner gives every job, its programs in PATH. */
  readonly env: Env;
  /** Runs the product. */
  cli(args: readonly string[], cwd?: string): string;
  /** Puts files into a new workspace, with the history that a checkout leaves. */
  checkout(files: Readonly<Record<string, string>>): (workspace: string) => void;
  /** A file of the config repo's newest commit. */
  read(path: string): string;
  close(): void;
}

export function ciWorld(): CiWorld {
  const sandbox = gitSandbox();
  const bin = join(sandbox.root, 'bin');
  mkdirSync(bin);
  symlinkSync(join(ROOT, 'dist/main.js'), join(bin, 'toolforge-gitops'));
  // A copy, so that PATH holds it under the lifecycle's name.
  cpSync(join(ROOT, 'test/support/ci/stand-in-creator.mjs'), join(bin, 'creator'));
  symlinkSync(process.execPath, join(bin, 'node'));
  const config = join(sandbox.root, 'gitconfig');
  writeFileSync(config, '');
  // A file, not /dev/null: git, run as root, puts a new file in the place of whatever it writes its config to.
  const env = {
    ...sandbox.env,
    GIT_CONFIG_GLOBAL: config,
    PATH: `${bin}:${process.env.PATH}`,
    RUNNER_TEMP: sandbox.root,
  };
  const cli: CiWorld['cli'] = (args, cwd = sandbox.root) =>
    execFileSync(process.execPath, [join(ROOT, 'dist/main.js'), ...args], {
      cwd,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const configRepo = makeConfigRepo(sandbox, cli);
  return {
    sandbox,
    templates: readTemplate,
    configRepo,
    env,
    cli,
    checkout: (files) => (workspace) => {
      put(workspace, files);
      put(workspace, { '.git/HEAD': 'ref: refs/heads/main\n' });
    },
    read: (path) => sandbox.git(['-C', configRepo, 'show', `main:${path}`]),
    close: () => sandbox.close(),
  };
}

/** What `init` makes, pushed to a bare repo. */
function makeConfigRepo(sandbox: GitSandbox, cli: CiWorld['cli']): string {
  const folder = mkdtempSync(join(sandbox.root, 'init-'));
  cli(['init', folder]);
  const bare = sandbox.bare('config.git', {});
  const git = (...args: string[]) => sandbox.git(['-C', folder, ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=admin', '-c', 'user.email=admin@example.org', 'commit', '--quiet', '-m', 'first');
  git('push', '--quiet', bare, 'main');
  rmSync(folder, { recursive: true });
  return bare;
}

export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
