import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { giteaConfigRepo } from '../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { diskFiles } from '../../src/adapters/system/disk-files.ts';
import { toolWorkflow } from '../../src/app/ci-templates.ts';
import { formatImageRef } from '../../src/model/image-ref.ts';
import { put, readTemplate } from '../support/ci/world.ts';
import { type GitSandbox, gitSandbox } from '../support/git-sandbox.ts';
import type { GiteaPlace } from '../support/gitea/place.ts';
import { realBranch } from '../support/real-gitea.ts';
import { realRegistry } from '../support/real-registry.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const WORKFLOW = '.gitea/workflows/deploy.yaml';
const IMAGES = 'tools-config/hello/images.yaml';
const { TFG_TEST_ACT = '', TFG_TEST_CNB_BUILD = '' } = process.env;

/** Takes the lifecycle's arguments, and hands them to the real build of the machine under test. */
const CREATOR = `#!/bin/sh
while [ $# -gt 1 ]; do
  case $1 in -app) app=$2 ;; -report) report=$2 ;; esac
  shift 2
done
exec "$CNB_BUILD" "$app" "$1" "$report"
`;

const registry = realRegistry('TFG_TEST_REGISTRY');
let sandbox: GitSandbox;
let config: GiteaPlace;
let tool: string;
let bin: string;

beforeAll(async () => {
  sandbox = gitSandbox();
  bin = mkdtempSync(join(sandbox.root, 'bin-'));
  writeFileSync(join(bin, 'creator'), CREATOR, { mode: 0o755 });
  const program = `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/main.js')}' "$@"\n`;
  writeFileSync(join(bin, 'toolforge-gitops'), program, { mode: 0o755 });
  config = await realBranch(await newConfigRepo());
  tool = await newToolRepo();
});
afterAll(async () => {
  await config.close();
  sandbox.close();
});

async function newConfigRepo(): Promise<Record<string, string>> {
  const folder = join(sandbox.root, 'config');
  await run(join(bin, 'toolforge-gitops'), ['init', folder], sandbox.root);
  const platform = join(folder, 'tools-config/platform.yaml');
  const text = readFileSync(platform, 'utf8');
  const own = `registry:\n  host: ${registry.host}\n  insecure: true\n`;
  writeFileSync(platform, text.replace(/registry:\n {2}host: .*\n/, own));
  await run(join(bin, 'toolforge-gitops'), ['synth'], folder);
  const files = diskFiles(folder);
  const paths = await files.listAll('');
  const texts = await Promise.all(paths.map((path) => files.read(path)));
  return Object.fromEntries(paths.map((path, index) => [path, texts[index] ?? '']));
}

async function newToolRepo(): Promise<string> {
  const folder = join(sandbox.root, 'tool');
  mkdirSync(folder);
  const [path, text] = toolWorkflow(readTemplate, 'gitea', {
    tool: 'hello',
    component: 'web',
    branch: 'main',
    registry: registry.host,
    builder: 'none',
    cliImage: 'none',
    configRepo: config.repoUrl,
    service: undefined,
  });
  // Without an image, act runs a job on this machine.
  put(folder, {
    [path]: text.replace(/image: "none"/g, 'image: ""'),
    Procfile: 'web: python3 -m http.server\n',
  });
  sandbox.git(['-C', folder, 'init', '--quiet', '--initial-branch=main']);
  sandbox.git(['-C', folder, 'remote', 'add', 'origin', 'https://git.example.org/tools/hello.git']);
  return folder;
}

/** Commits files to the tool's repo, and runs its workflow as a push of them would. */
async function push(files: Readonly<Record<string, string>>): Promise<Ended & { readonly source: string }> {
  put(tool, files);
  const identity = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.org'];
  sandbox.git(['-C', tool, 'add', '--all']);
  sandbox.git(['-C', tool, ...identity, 'commit', '--quiet', '-m', 'a push']);
  const source = sandbox.git(['-C', tool, 'rev-parse', 'HEAD']);
  const env = {
    CNB_USER_ID: '1000',
    CNB_GROUP_ID: '1000',
    CNB_BUILD: TFG_TEST_CNB_BUILD,
    TFG_BRANCH: config.branch,
  };
  const args = [
    'push',
    '-P',
    'ubuntu-latest=-self-hosted',
    '--github-instance',
    'git.example.org',
    '-W',
    WORKFLOW,
  ];
  for (const [name, value] of Object.entries(env)) args.push('--env', `${name}=${value}`);
  const ended = await run(TFG_TEST_ACT, [...args, '-s', 'TFG_GITEA_TOKEN'], tool);
  expect(ended.log).not.toContain(config.token);
  return { ...ended, source };
}

interface Ended {
  readonly code: number;
  readonly log: string;
}

function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  // Its own home, and no variable of the test's: what the workflow needs, it gets as a runner gives it.
  const env = { ...sandbox.env, PATH: `${bin}:${process.env.PATH}`, TFG_GITEA_TOKEN: config?.token ?? '' };
  return new Promise((done) => {
    execFile(program, args as string[], { cwd, env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), log: stdout + stderr });
    });
  });
}

/** What the newest commit of the config repo holds. */
async function committed(path: string): Promise<string> {
  const repo = giteaConfigRepo({
    address: parseGiteaUrl(config.repoUrl),
    branch: config.branch,
    token: config.token,
    clock: systemClock,
  });
  const [text = ''] = await (await repo.head()).read([path]);
  return text;
}

interface Entry {
  readonly image: string;
  readonly source: { readonly commit: string };
  readonly previous?: readonly unknown[];
}

async function recorded(): Promise<Entry | undefined> {
  return parse(await committed(IMAGES))?.components.web;
}

test('source in, a real build, its digest in a commit of the bot on a real Gitea', async () => {
  const { code, log, source } = await push({ 'app.txt': 'first\n' });
  expect({ code, log: code === 0 ? '' : log }).toEqual({ code: 0, log: '' });
  const image = { host: registry.host, repository: 'tool-hello/web', tag: 'latest' };
  const digest = await registry.registry.resolve(image);
  expect(await recorded()).toMatchObject({
    image: formatImageRef({ ...image, digest }),
    source: { commit: source },
  });
  const manifest = await committed('manifests-out/tools/hello/web.yaml');
  expect(manifest).toMatch(new RegExp(`^ +(?:- )?image: .*/tool-hello/web.*@${digest}`, 'm'));
});

test('a build that fails changes nothing; the next good one is deployed', async () => {
  const before = await recorded();
  const failed = await push({ 'fail-the-build': '' });
  expect(failed.code).not.toBe(0);
  expect(await recorded()).toEqual(before);
  rmSync(join(tool, 'fail-the-build'));
  const { code, source } = await push({ 'app.txt': 'second\n' });
  expect(code).toBe(0);
  const after = await recorded();
  expect(after).toMatchObject({ source: { commit: source }, previous: [{ image: before?.image }] });
});
