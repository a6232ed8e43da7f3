import { resolve } from 'node:path';
import { withOutputIn } from '../../app/output-folder.ts';
import { planSynth, type Synthesis, type SynthOptions, synth } from '../../app/synth.ts';
import { treeOfFiles } from '../../app/tree.ts';
import { GitopsError } from '../../errors.ts';
import { OUTPUT_DIR } from '../../model/layout.ts';
import type { Files } from '../../ports/files.ts';
import { isError } from '../../spec/diagnostic.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { synthJson, synthText } from '../synth-report.ts';
import { openRoot, rootOf } from '../target.ts';

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
    { flags: '--out <dir>', description: `write here instead of ${OUTPUT_DIR}/` },
  ],
  examples: [
    'toolforge-gitops synth',
    'toolforge-gitops synth --check',
    'toolforge-gitops synth hello --stdout',
  ],
  async run(invocation) {
    const { options, out, deps } = invocation;
    const started = deps.clock.now();
    const isDry = options.flag('check') || options.flag('stdout');
    const files = outputFiles(invocation);
    const settings = settingsOf(invocation, started);
    const synthesis = isDry ? await planSynth(treeOfFiles(files), settings) : await synth(files, settings);
    report(invocation, synthesis, deps.clock.now() - started);
    if (options.flag('stdout') && synthesis.plan !== undefined)
      out.print(allText(synthesis, options.text('part')));
    return exitCode(synthesis, options.flag('check'));
  },
};

/** `CDK8S_OUTDIR` is how `cdk8s synth` tells its app where to write. */
function outputFiles(invocation: Invocation): Files {
  const { options, deps } = invocation;
  const folder = options.text('out') ?? deps.env.CDK8S_OUTDIR;
  const files = openRoot(invocation);
  if (folder === undefined) return files;
  return withOutputIn(files, deps.openFiles(resolve(rootOf(invocation), folder)));
}

function settingsOf({ words, options, out, deps }: Invocation, started: number): SynthOptions {
  return {
    tools: words,
    shard: shardIn(options.text('shard')),
    keepGoing: options.flag('keepGoing'),
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

function report({ format, options, out }: Invocation, synthesis: Synthesis, durationMs: number): void {
  if (format === 'json') {
    if (!options.flag('stdout'))
      out.print(synthJson(synthesis, { isCheck: options.flag('check'), durationMs }));
    return;
  }
  if (synthesis.diagnostics.length > 0) {
    out.error(renderDiagnostics(synthesis, { format: 'text', colour: out.colour }).trimEnd());
  }
  const text = synthText(synthesis, { isCheck: options.flag('check'), durationMs });
  if (options.flag('stdout')) out.note(text);
  else out.print(text);
}

function allText({ files }: Synthesis, part: string | undefined): string {
  if (part !== undefined && part !== 'platform' && part !== 'tools') {
    throw new GitopsError('usage', `--part takes "platform" or "tools", not "${part}"`);
  }
  const prefix = part === undefined ? '' : `${OUTPUT_DIR}/${part}/`;
  return files
    .filter(({ path, objects }) => path.startsWith(prefix) && objects.length > 0)
    .map(({ text }) => text)
    .join('---\n');
}

function exitCode({ diagnostics, plan }: Synthesis, isCheck: boolean): ExitCode {
  if (diagnostics.some(isError) || plan === undefined) return ExitCode.findings;
  const drift = plan.writes.length + plan.deletes.length + plan.foreign.length;
  return isCheck && drift > 0 ? ExitCode.findings : ExitCode.ok;
}
