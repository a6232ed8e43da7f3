import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { InvalidSpecError } from '../../app/invalid-spec-error.ts';
import { planSynth, type Synthesis, type SynthOptions, synth } from '../../app/synth.ts';
import type { CachePlace } from '../../app/synth-cache.ts';
import { type FleetFolder, openFleet } from '../../app/synth-parts.ts';
import { treeOfFiles } from '../../app/tree.ts';
import { GitopsError } from '../../errors.ts';
import { hash32 } from '../../model/hash.ts';
import { CONFIG_DIR, OUTPUT_DIR } from '../../model/layout.ts';
import { isError } from '../../spec/diagnostic.ts';
import type { CommandDefinition, Invocation, Options } from '../command.ts';
import type { Deps } from '../deps.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { goneToolsNote } from '../gone-tools.ts';
import { missingPlatformNote } from '../missing-platform.ts';
import type { Output } from '../output.ts';
import { synthJson, synthText } from '../synth-report.ts';
import { rootOf } from '../target.ts';

export const synthCommand: CommandDefinition = {
  description:
    'Writes all or nothing: with a spec in error no file changes. Only files that differ are written; files that it did ' +
    'not make are left alone and named.',
  arguments: [{ name: '[tool...]', description: 'only these tools' }],
  options: [
    { flags: '--check', description: 'write nothing; fail when the output is not what the specs say' },
    { flags: '--stdout', description: 'print the objects instead of writing files' },
    { flags: '--part <part>', description: 'with --stdout: only "platform" or only "tools"' },
    { flags: '--shard <k>', description: "only one of the platform's shards, counted from 0" },
    { flags: '--keep-going', description: 'render what can be rendered; tools in error keep their files' },
    { flags: '--no-cache', description: 'render each tool, even if nothing changed since the last run' },
    { flags: '--out <dir>', description: `write here instead of ${OUTPUT_DIR}/` },
  ],
  examples: [
    'toolforge-gitops synth',
    'toolforge-gitops synth --check',
    'toolforge-gitops synth hello --stdout',
  ],
  async run(invocation) {
    const { options, deps } = invocation;
    const started = deps.clock.now();
    const part = partIn(options.text('part'));
    requireTogether(options);
    const isDry = options.flag('check') || options.flag('stdout');
    const folder = folderOf(invocation);
    const files = openFleet(folder, deps.openFiles);
    const settings = {
      ...settingsOf(invocation, started),
      parallel: { threads: deps.threads, folder },
      cache: options.flag('cache') ? cacheOf(folder, deps) : undefined,
    };
    const synthesis = isDry ? await planSynth(treeOfFiles(files), settings) : await synth(files, settings);
    const gone = isDry ? undefined : goneToolsNote(synthesis);
    for (const note of [missingPlatformNote(synthesis), gone])
      if (note !== undefined) invocation.out.note(note);
    if (options.flag('stdout')) printObjects(invocation, synthesis, part);
    else report(invocation, synthesis, deps.clock.now() - started);
    return exitCode(synthesis, options.flag('check'));
  },
};

/** `CDK8S_OUTDIR` is how `cdk8s synth` tells its app where to write. */
function folderOf(invocation: Invocation): FleetFolder {
  const root = rootOf(invocation);
  const named = outputNamed(invocation);
  if (named === undefined) return { root, output: undefined };
  const output = resolve(root, named);
  if (isWithin(output, root) || isWithin(join(root, CONFIG_DIR), output)) throw notForOutput(named);
  return { root, output };
}

/** One for each folder and place of its output. */
function cacheOf({ root, output = '' }: FleetFolder, { cache, build }: Deps): CachePlace {
  return { cache, name: `synth-${hash32(`${root}\0${output}`).toString(16)}`, build };
}

function outputNamed({ options, deps }: Invocation): string | undefined {
  return options.text('out') ?? (deps.env.CDK8S_OUTDIR || undefined);
}

/** Whether `path` is `folder` or lies in it. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** What it made itself and no longer needs it deletes, all over the output folder: other output may lie there. */
function notForOutput(named: string): GitopsError {
  return new GitopsError('usage', `the output cannot go to "${named}"`, {
    hint: `name a folder of its own: neither one that holds the config repo nor one in ${CONFIG_DIR}/`,
  });
}

function settingsOf({ words, options, out, deps }: Invocation, started: number): SynthOptions {
  return {
    tools: words,
    shard: shardIn(options.text('shard')),
    keepGoing: options.flag('keepGoing'),
    keepFiles: options.flag('stdout'),
    onProgress: (done, of) => {
      if (done % 100 === 0 && deps.clock.now() - started > 1000)
        out.progress(`rendering ${done} of ${of} tools`);
    },
  };
}

function shardIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new GitopsError('usage', `--shard takes a number from 0, not "${text}"`);
  return Number(text);
}

function report(invocation: Invocation, synthesis: Synthesis, durationMs: number): void {
  const { format, options, out } = invocation;
  const run = { isCheck: options.flag('check'), durationMs, output: outputNamed(invocation) };
  if (format === 'json') {
    out.print(synthJson(synthesis, run));
    return;
  }
  tellFindings(out, synthesis);
  out.print(synthText(synthesis, run));
}

function tellFindings(out: Output, synthesis: Synthesis): void {
  if (synthesis.diagnostics.length === 0) return;
  out.error(renderDiagnostics(synthesis, { format: 'text', colour: false }).trimEnd());
}

/** With an error nothing is printed: Argo CD would take what is missing for removed. */
function printObjects({ format, out }: Invocation, synthesis: Synthesis, part: Part | undefined): void {
  const { files, plan, diagnostics, sources } = synthesis;
  if (plan === undefined) throw new InvalidSpecError('a spec', diagnostics, sources);
  tellFindings(out, synthesis);
  const prefix = part === undefined ? '' : `${OUTPUT_DIR}/${part}/`;
  const shown = files.filter(({ path, objects }) => path.startsWith(prefix) && objects.length > 0);
  if (format === 'json') {
    const items = shown.flatMap(({ objects }) => objects);
    out.print(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  } else out.print(shown.map(({ text }) => text).join('---\n'));
}

/** What would be passed over in silence. */
function requireTogether(options: Options): void {
  const isPrinted = options.flag('stdout');
  if (options.text('part') !== undefined && !isPrinted)
    throw new GitopsError('usage', '--part goes with --stdout');
  const other = options.flag('check') ? '--check' : options.text('out') === undefined ? undefined : '--out';
  if (isPrinted && other !== undefined) {
    throw new GitopsError('usage', `--stdout and ${other} exclude each other`);
  }
}

type Part = 'platform' | 'tools';

function partIn(text: string | undefined): Part | undefined {
  if (text === undefined || text === 'platform' || text === 'tools') return text;
  throw new GitopsError('usage', `--part takes "platform" or "tools", not "${text}"`);
}

function exitCode({ diagnostics, plan }: Synthesis, isCheck: boolean): ExitCode {
  if (diagnostics.some(isError) || plan === undefined) return ExitCode.findings;
  const drift = plan.writes.length + plan.deletes.length + plan.foreign.length;
  return isCheck && drift > 0 ? ExitCode.findings : ExitCode.ok;
}
