import { isMap, type Json, type JsonObject } from '../model/json.ts';
import { isComponentName } from '../model/names.ts';
import type { SpecPath } from './diagnostic.ts';
import { formatPath } from './format-path.ts';
import { kindMeant } from './meant-values.ts';
import { isRunKey, placeholderOf } from './placeholders.ts';
import { type ComponentSpec, componentSchema, type RunSpec } from './toolforge-schema.ts';
import { mapAt } from './value-at.ts';

/** What is not known of a component whose form is wrong: nothing may be said that follows from it alone. */
export type Doubt = 'name' | 'kind' | 'build' | 'run' | keyof RunSpec;
export type Doubts = ReadonlySet<Doubt>;

export interface Healed {
  readonly component: ComponentSpec;
  readonly doubts: Doubts;
}

/**
 * A component with its mistakes of form (`wrong` holds their paths) taken out, so that the rules find the other mistakes
 * in the same round; `undefined` when it is no map.
 */
export function heal(
  name: string,
  written: Json | undefined,
  wrong: ReadonlySet<string>,
): Healed | undefined {
  if (!isMap(written)) return undefined;
  const isWrong = (...path: SpecPath) => wrong.has(formatPath(['components', name, ...path]));
  const doubts = new Set<Doubt>(isComponentName(name) ? [] : ['name']);
  const build = healBuild(mapAt(written, ['build']), doubts, isWrong);
  const run = healRun(mapAt(written, ['run']), doubts, isWrong);
  const component_type = healKind(written, doubts, isWrong);
  const result = componentSchema.safeParse({ component_type, build, run });
  return result.success ? { component: result.data, doubts } : undefined;
}

type IsWrong = (...path: SpecPath) => boolean;

function healBuild(build: JsonObject | undefined, doubts: Set<Doubt>, isWrong: IsWrong): JsonObject {
  const kept = Object.entries(build ?? {}).filter(([key]) => !isWrong('build', key));
  const whole = build !== undefined && kept.length === Object.keys(build).length && !isWrong('build');
  if (!whole) doubts.add('build');
  return Object.fromEntries(kept);
}

function healRun(run: JsonObject | undefined, doubts: Set<Doubt>, isWrong: IsWrong): JsonObject {
  if (run === undefined) {
    doubts.add('run');
    return { command: placeholderOf('command', null) };
  }
  const healed = Object.entries(run).map(([key, value = null]): [string, Json] => {
    if (!isWrong('run', key) && !(key === 'env' && hasWrongEnv(value, isWrong))) return [key, value];
    if (isRunKey(key)) doubts.add(key);
    return [key, placeholderOf(key, value)];
  });
  if (isWrong('run', 'command')) healed.push(['command', placeholderOf('command', null)]);
  return Object.fromEntries(healed);
}

function hasWrongEnv(env: Json, isWrong: IsWrong): boolean {
  return isMap(env) && Object.keys(env).some((name) => isWrong('run', 'env', name));
}

function healKind(component: JsonObject, doubts: Set<Doubt>, isWrong: IsWrong): Json {
  const written = Object.hasOwn(component, 'component_type') ? (component.component_type ?? null) : null;
  if (!isWrong('component_type')) {
    if (doubts.has('run') && written === null) doubts.add('kind');
    return written;
  }
  const meant = kindMeant(written);
  if (meant === undefined) doubts.add('kind');
  return meant ?? null;
}
