import type { Draft } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import type { ParsedFile } from './source-file.ts';
import type { ComponentSpec, ToolSpec } from './toolforge-schema.ts';
import { mapAt } from './value-at.ts';
import { quoted } from './words.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Set by the platform in every container. */
const RESERVED = new Set(['PORT', 'NO_HOME']);

/** Names of environment variables; messages never hold a value. */
export function envMistakes(parsed: ParsedFile): readonly Draft[] {
  const components = mapAt(parsed.value, ['components']) ?? {};
  return Object.keys(components).flatMap((component) => {
    const path = ['components', component, 'run', 'env'];
    const names = Object.keys(mapAt(parsed.value, path) ?? {});
    return names.flatMap((name) => {
      const words = nameWords(name);
      return words === undefined
        ? []
        : [diagnosticAt(parsed, [...path, name], { code: 'TFG111', at: 'key', ...words })];
    });
  });
}

function nameWords(name: string): { message: string; suggestion: string } | undefined {
  if (RESERVED.has(name)) {
    const suggestion = name === 'PORT' ? 'set `run.port` instead' : 'remove it';
    return { message: `\`${name}\` is set by the platform`, suggestion };
  }
  // JavaScript would lose a value by that name.
  if (NAME.test(name) && name !== '__proto__') return undefined;
  const message = `${quoted(name)} is no name of an environment variable`;
  return { message, suggestion: 'use letters, digits and `_`, and begin with a letter or `_`' };
}

/** Puts the text of each value as it stands in the file: `0644` stays `0644`, `yes` stays `yes`. */
export function withWrittenEnv(spec: ToolSpec, parsed: ParsedFile): ToolSpec {
  const names = Object.keys(spec.components).filter((name) => spec.components[name]?.run.env !== undefined);
  if (names.length === 0) return spec;
  const components = { ...spec.components };
  for (const name of names) {
    const component = components[name];
    if (component !== undefined) components[name] = withEnv(component, name, parsed);
  }
  return { ...spec, components };
}

function withEnv(component: ComponentSpec, name: string, parsed: ParsedFile): ComponentSpec {
  const env = Object.entries(component.run.env ?? {}).map(([key, value]): [string, string] => {
    return [key, parsed.written(['components', name, 'run', 'env', key]) ?? value];
  });
  return { ...component, run: { ...component.run, env: Object.fromEntries(env) } };
}
