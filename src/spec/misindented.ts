import { isMap, type JsonObject } from '../model/json.ts';
import type { Draft } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { formatPath } from './format-path.ts';
import type { ParsedFile } from './source-file.ts';
import { mapAt } from './value-at.ts';
import { quoted } from './words.ts';

const PARTS = ['build', 'run', 'component_type'] as const;

/**
 * Where `build` and `run` are indented like the name of the component above them, YAML reads an empty component and
 * others called `build` and `run`: one diagnostic says so, in place of those on each of them.
 */
export function misindented(parsed: ParsedFile, diagnostics: readonly Draft[]): readonly Draft[] {
  const components = mapAt(parsed.value, ['components']) ?? {};
  const empty = Object.keys(components).filter((name) => components[name] === null);
  const parts = PARTS.filter((part) => Object.hasOwn(components, part) && !isComponent(components[part]));
  const [name] = empty;
  if (name === undefined || !parts.some((part) => part !== 'component_type')) return diagnostics;
  const places = [...empty, ...parts].map((each) => formatPath(['components', each]));
  const rest = diagnostics.filter(
    ({ path }) => !places.some((place) => path === place || path.startsWith(`${place}.`)),
  );
  const list = parts.map((part) => `\`${part}\``).join(' and ');
  const stand = parts.length === 1 ? 'stands' : 'stand';
  const finding = {
    code: 'TFG101',
    at: 'key',
    message: `component ${quoted(name)} is empty: ${list} ${stand} beside it, not in it`,
    suggestion: `indent ${list} below ${quoted(name)}`,
  } as const;
  return [...rest, diagnosticAt(parsed, ['components', name], finding)];
}

/** One that is really called `build` or `run`. */
function isComponent(value: JsonObject[string] | undefined): boolean {
  return isMap(value) && (Object.hasOwn(value, 'build') || Object.hasOwn(value, 'run'));
}
