// Runs the main job from end to end in a temporary folder: a config repo, builds, a rollback that holds, history.
// Needs Node and git alone; a registry of thirty lines on loopback stands in for Harbor.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const MAIN = join(import.meta.dirname, '..', 'dist', 'main.js');
const folder = await mkdtemp(join(tmpdir(), 'toolforge-gitops-demo-'));
const [config, remote] = [join(folder, 'config'), join(folder, 'config.git')];

/** Every image that a build "pushed": what the registry answers for. */
const pushed = new Set();
const registry = createServer((request, response) => {
  const digest =
    decodeURIComponent(request.url ?? '')
      .split('/')
      .at(-1) ?? '';
  response.writeHead(pushed.has(digest) ? 200 : 404, { 'docker-content-digest': digest }).end();
});
await new Promise((done) => registry.listen(0, '127.0.0.1', done));
const host = `127.0.0.1:${registry.address().port}`;

const env = {
  ...process.env,
  TFG_REPO: remote,
  TFG_ACTOR: 'alice',
  GIT_AUTHOR_NAME: 'alice',
  GIT_AUTHOR_EMAIL: 'alice@example.org',
  GIT_COMMITTER_NAME: 'alice',
  GIT_COMMITTER_EMAIL: 'alice@example.org',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

function say(text) {
  console.log(`\n\u001b[1m${text}\u001b[0m`);
}

async function run(command, args, options = {}) {
  const { stdout, stderr } = await exec(command, args, { cwd: config, env, ...options });
  for (const line of `${stdout}${stderr}`.trimEnd().split('\n')) console.log(`  ${line}`);
  return stdout;
}

/** As a shell would take it. */
const quoted = (args) =>
  args.map((word) => (/[\s'"]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word)).join(' ');

async function git(...args) {
  console.log(`$ git ${quoted(args)}`);
  return run('git', args);
}

async function gitops(...args) {
  console.log(`$ toolforge-gitops ${quoted(args)}`);
  return run('node', [MAIN, ...args]);
}

/** What a buildpack build leaves behind: an image in the registry and its report. */
async function build(source) {
  const digest = `sha256:${createHash('sha256').update(source).digest('hex')}`;
  pushed.add(digest);
  const report = join(folder, 'report.toml');
  await writeFile(report, `[image]\n  tags = ["${host}/tool-hello/web:latest"]\n  digest = "${digest}"\n`);
  return report;
}

async function bump(source, builtAt) {
  const commit = createHash('sha1').update(source).digest('hex');
  const report = await build(source);
  await gitops('bump', 'hello', 'web', '--report', report, '--source-commit', commit, '--built-at', builtAt);
}

try {
  say('1. The example fleet of this repo: every spec checked and rendered');
  await run('node', [MAIN, 'validate'], { cwd: join(import.meta.dirname, '..') });
  await run('node', [MAIN, 'synth', '--check'], { cwd: join(import.meta.dirname, '..') });

  say('2. A config repo of your own, and its remote');
  await run('git', ['init', '-q', '--bare', '-b', 'main', remote], { cwd: folder });
  await run('node', [MAIN, 'init', config, '--quiet'], { cwd: folder });
  const platform = join(config, 'tools-config/platform.yaml');
  const text = await readFile(platform, 'utf8');
  await writeFile(platform, text.replace('host: registry.example.org', `host: ${host}\n  insecure: true`));
  await git('init', '-q', '-b', 'main');
  await git('add', '.');
  await git('commit', '-qm', 'chore: a new config repo');
  await git('push', '-q', remote, 'main');

  say('3. publish: what the specs say, rendered and committed (here it is the platform’s new registry)');
  await gitops('publish');

  say('4. The first build of hello/web: one bot commit, live once Argo CD syncs it');
  await bump('first', '2026-11-24T10:00:00Z');
  await git('--git-dir', remote, 'show', '--stat', '--format=%an: %B', 'main');

  say('5. A second build');
  await bump('second', '2026-11-24T11:00:00Z');

  say('6. It is bad: roll back. The image before runs again, and is held');
  await gitops('rollback', 'hello', 'web', '--reason', 'the second release loses edits');

  say('7. The next build does not undo that: it waits');
  await bump('third', '2026-11-24T12:00:00Z');

  say('8. The third is good: let it go');
  await gitops('unhold', 'hello', 'web');

  say('9. Who deployed what');
  await gitops('history', 'hello');
  say('All of it is plain git: every step above is one commit of the config repo, which Argo CD follows.');
  await git('--git-dir', remote, 'log', '--format=%h %an: %s', 'main');
} finally {
  registry.close();
  await rm(folder, { recursive: true, force: true });
}
