import { type ParsedSpec, parseToolSpec } from '../../src/spec/parse-tool-spec.ts';
import { parseYaml } from '../../src/spec/parse-yaml.ts';
import { showDiagnostic } from './show-diagnostic.ts';

export function parseSpec(text: string): ParsedSpec {
  return parseToolSpec(parseYaml({ file: 'toolforge.yaml', text }));
}

/** Diagnostics of a spec's form as lines, without their positions. */
export function specLines(text: string): readonly string[] {
  return parseSpec(text).diagnostics.map((each) => showDiagnostic(each).replace(/ \d+:\d+ /, ' '));
}

/** A spec of one component `web`, with more keys of its `run` in flow style. */
export function withRun(run: string): string {
  return `components:\n  web:\n    build: {reuse_from: x}\n    run: {command: web, ${run}}\n`;
}

/** A spec of one component `web`, with its `build` in flow style. */
export function withBuild(build: string): string {
  return `components:\n  web:\n    build: {${build}}\n    run: {command: web}\n`;
}
