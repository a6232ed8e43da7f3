import type { Synthesis, SynthPlan } from '../app/synth.ts';
import { OUTPUT_DIR } from '../model/layout.ts';
import { counted } from './counted.ts';
import { diagnosticsValue } from './diagnostics-json.ts';

interface Run {
  readonly isCheck: boolean;
  readonly durationMs: number;
  /** The folder that takes the place of manifests-out/, as it was named. */
  readonly output?: string | undefined;
}

/** `synth --format json`; with `--check` nothing is written, and `written` and `deleted` say what would be. */
export function synthJson(synthesis: Synthesis, run: Run): string {
  const { tools, plan, awaitingFirstBuild } = synthesis;
  return JSON.stringify({
    tools,
    files: {
      written: plan?.writes.length ?? 0,
      unchanged: plan?.unchanged ?? 0,
      deleted: plan?.deletes.length ?? 0,
    },
    awaitingFirstBuild,
    foreign: plan?.foreign ?? [],
    diagnostics: diagnosticsValue(synthesis.diagnostics),
    durationMs: Math.round(run.durationMs),
  });
}

/** At most this many paths are named one by one. */
const NAMED = 20;

export function synthText({ tools, plan, awaitingFirstBuild, failed }: Synthesis, run: Run): string {
  const waiting = awaitingFirstBuild.map(({ tool, component }) => `${tool}/${component}`);
  const lines = [...named('awaiting first build', waiting)];
  if (plan === undefined) return [...lines, 'nothing written: mend the errors above first'].join('\n');
  const shown = (path: string) => shownPath(path, run.output);
  lines.push(...named('not made by synth, left alone', plan.foreign.map(shown)));
  const { writes, deletes, unchanged } = plan;
  if (run.isCheck) {
    lines.push(...named('not what the specs say', writes.map(shown)));
    lines.push(...named('no longer in the specs', deletes.map(shown)));
    return [...lines, verdict(tools, plan), ...inError(failed.size)].join('\n');
  }
  lines.push(
    `${counted(tools, 'tool')}: ${counted(writes.length, 'file')} written, ${unchanged} unchanged, ${deletes.length} deleted ` +
      `(${(run.durationMs / 1000).toFixed(1)} s)`,
    ...inError(failed.size),
  );
  return lines.join('\n');
}

function inError(failed: number): readonly string[] {
  return failed === 0 ? [] : [`but for ${counted(failed, 'tool')} in error, whose files stay as they are`];
}

function verdict(tools: number, { writes, deletes, foreign }: SynthPlan): string {
  if (writes.length + deletes.length > 0) return 'run `toolforge-gitops synth` and commit the result';
  if (foreign.length > 0) return 'move or delete what was not made by synth: Argo CD would sync it';
  return `${counted(tools, 'tool')}: the output is what the specs say`;
}

/** Where a file of the output is, for people. */
function shownPath(path: string, output: string | undefined): string {
  const prefix = `${OUTPUT_DIR}/`;
  if (output === undefined || !path.startsWith(prefix)) return path;
  return `${output.replace(/\/+$/, '')}/${path.slice(prefix.length)}`;
}

function named(title: string, paths: readonly string[]): readonly string[] {
  const more = paths.length > NAMED ? [`${title}: and ${paths.length - NAMED} more`] : [];
  return [...paths.slice(0, NAMED).map((path) => `${title}: ${path}`), ...more];
}
