import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toolName, writeFleet } from './fleet.ts';
import { best, type Row } from './table.ts';

const PROGRAM = resolve('dist/main.js');
/** Each is run so often, and the fastest counts: what disturbs a run only makes it slower. */
const RUNS = 5;

/** The command as people run it, start included. */
export function* commandRows(folder: string, count: number): Generator<Row> {
  if (!existsSync(PROGRAM)) throw new Error('no dist/main.js: npm run build first');
  yield bareNode();
  yield* synthRows(folder, count);
  yield* bumpRows(folder, [100, count]);
}

function bareNode(): Row {
  const seconds = best(RUNS, () => run(process.execPath, ['-e', '0']));
  return { work: 'node -e 0: nothing but the start', tools: 0, seconds, target: undefined };
}

function synthRows(folder: string, count: number): readonly Row[] {
  const repo = join(folder, 'fleet');
  writeFleet(repo, count);
  const cache = join(folder, 'cache');
  const synth = () => program(['synth', '-C', repo, '--quiet'], cache);
  const output = join(repo, 'manifests-out');
  // Deleting it would slow down the very run that follows: ext4 passes over each file that was deleted a short time ago.
  const clear = () => {
    if (existsSync(output)) renameSync(output, mkdtempSync(join(folder, 'old-')));
    rmSync(cache, { recursive: true, force: true });
  };
  const cold = best(RUNS, synth, clear);
  const same = best(RUNS, synth);
  const anew = best(RUNS, () => program(['synth', '-C', repo, '--quiet', '--no-cache']));
  const validate = best(RUNS, () => program(['validate', '-C', repo, toolName(7)]));
  return [
    { work: 'synth, nothing rendered before', tools: count, seconds: cold, target: 2 },
    { work: 'synth, nothing changed', tools: count, seconds: same, target: 0.5 },
    { work: 'synth, nothing changed, --no-cache', tools: count, seconds: anew, target: undefined },
    { work: 'validate one spec', tools: count, seconds: validate, target: 0.3 },
  ];
}

/** One tool's new image to a local bare repo: read, rendered, committed, pushed. */
function* bumpRows(folder: string, counts: readonly number[]): Generator<Row> {
  for (const count of counts) {
    const remote = bareRepo(folder, count);
    let build = 0;
    const bump = () => {
      build += 1;
      const digest = `sha256:${String(build).padStart(64, '0')}`;
      program(['bump', toolName(7), `web=${digest}`, '--repo', remote, '--built-at', builtAt(build)]);
    };
    yield { work: 'bump one tool, local bare repo', tools: count, seconds: best(RUNS, bump), target: 0.6 };
  }
}

function builtAt(build: number): string {
  return new Date(Date.UTC(2026, 11, 1, 0, build)).toISOString();
}

function bareRepo(folder: string, count: number): string {
  const work = join(folder, `work-${count}`);
  const remote = join(folder, `remote-${count}.git`);
  writeFleet(work, count);
  program(['synth', '-C', work, '--quiet']);
  const git = (...args: readonly string[]) => run('git', ['-C', work, ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git(
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@example.org',
    'commit',
    '--quiet',
    '--message=chore: fleet',
  );
  run('git', ['clone', '--quiet', '--bare', work, remote]);
  rmSync(work, { recursive: true });
  return remote;
}

/** `cache`: the user's cache folder; without one no run knows of another. */
function program(args: readonly string[], cache = '/dev/null/cache'): void {
  run(process.execPath, [PROGRAM, ...args], { ...process.env, XDG_CACHE_HOME: cache });
}

function run(command: string, args: readonly string[], env = process.env): void {
  execFileSync(command, args, { stdio: 'pipe', timeout: 300_000, env });
}
