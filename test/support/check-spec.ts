import { checkPlatform } from '../../src/spec/check-platform.ts';
import { type CheckedTool, checkTool } from '../../src/spec/check-tool.ts';
import { showDiagnostic } from './show-diagnostic.ts';

export const DIGEST = `sha256:${'0a'.repeat(32)}`;

export interface SpecFiles {
  readonly name?: string;
  readonly spec: string;
  readonly fetched?: string;
  readonly tenant?: string;
  readonly images?: string;
  readonly platform?: string;
  readonly lone?: boolean;
  readonly strict?: boolean;
}

/** Checks the files of a tool called `hello`, given as texts. */
export function checkSpec({ name = 'hello', platform, lone, strict, ...texts }: SpecFiles): CheckedTool {
  const file = (key: 'fetched' | 'tenant' | 'images') => {
    const text = texts[key];
    return text === undefined ? undefined : { file: `${key}.yaml`, text };
  };
  const checked = checkPlatform(
    platform === undefined ? undefined : { file: 'platform.yaml', text: platform },
  );
  if (checked.platform === undefined) throw new Error(checked.diagnostics.map(showDiagnostic).join('\n'));
  const spec = { file: 'toolforge.yaml', text: texts.spec };
  return checkTool(
    { name, spec, fetched: file('fetched'), tenant: file('tenant'), images: file('images') },
    { platform: checked.platform, lone: lone ?? false, strict: strict ?? false },
  );
}

/** A spec of components, each given as its `run` in flow style, and their builds. */
export function specOf(
  runs: Readonly<Record<string, string>>,
  builds: Readonly<Record<string, string>> = {},
): string {
  const parts = Object.entries(runs).map(([name, run]) => {
    const [type, rest] = run.startsWith('(')
      ? [run.slice(1, run.indexOf(')')), run.slice(run.indexOf(')') + 1)]
      : ['', run];
    const kind = type === '' ? '' : `    component_type: ${type}\n`;
    const build = builds[name] ?? 'repository: https://git.example.org/x, ref: main';
    const command = /\bcommand:/.test(rest) ? '' : 'command: web, ';
    return `  ${name}:\n${kind}    build: {${build}}\n    run: {${command}${rest.trim()}}\n`;
  });
  return `components:\n${parts.join('')}`;
}

/** Diagnostics as lines without positions: `error TFG201 components.web.run.publish: …`. */
export function linesOf({ diagnostics }: CheckedTool): readonly string[] {
  return diagnostics.map((diagnostic) => showDiagnostic(diagnostic).replace(/ \d+:\d+ /, ' '));
}
