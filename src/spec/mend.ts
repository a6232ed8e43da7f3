import type { z } from 'zod';
import type { Json } from '../model/json.ts';
import type { SpecPath } from './diagnostic.ts';
import type { PlacedFinding } from './finding.ts';
import { formatPath } from './format-path.ts';
import { pathOf } from './shape.ts';
import type { ParsedFile } from './source-file.ts';

/** A file without the values whose form is wrong, for checks that look on. */
export interface Mended<T> {
  readonly value: T;
  /** What was taken out. */
  readonly dropped: readonly SpecPath[];
}

/** A required key's parent goes with it, then the parent's parent. */
const ROUNDS = 4;
/** A file with more mistakes is wrong from end to end. */
const MISTAKES_MAX = 100;

/** For files whose keys may nearly all be left out; `undefined` when nothing usable remains. */
export function mend<S extends z.ZodType>(parsed: ParsedFile, schema: S): Mended<z.output<S>> | undefined {
  let value = parsed.value;
  const dropped: SpecPath[] = [];
  for (let round = 0; value !== undefined && round < ROUNDS; round += 1) {
    const result = schema.safeParse(value, { reportInput: false });
    if (result.success) return { value: result.data, dropped };
    const { issues } = result.error;
    if (issues.length > MISTAKES_MAX) return undefined;
    const gone = goneFor(issues.map(pathOf), value);
    dropped.push(...gone);
    // From the end, so that the places of a list's items hold until their turn.
    for (const path of [...gone].reverse()) value = without(value, path);
  }
  return undefined;
}

/** Those findings that do not follow from a value that was taken out. */
export function unaffected(
  findings: readonly PlacedFinding[],
  dropped: readonly SpecPath[],
): readonly PlacedFinding[] {
  return dropped.length === 0
    ? findings
    : findings.filter(({ path }) => !dropped.some((gone) => isRelated(path, gone)));
}

/** Values of a section are compared with each other, but never cpu with memory. */
function isRelated(path: SpecPath, gone: SpecPath): boolean {
  if (sectionOf(path) !== sectionOf(gone)) return false;
  const [a, b] = [path.at(-1), gone.at(-1)];
  return !((a === 'cpu' && b === 'memory') || (a === 'memory' && b === 'cpu'));
}

function sectionOf([top]: SpecPath): unknown {
  return top === 'default_builder' ? 'builders' : top;
}

/** What has to go, each once: of what is missing the map that must have it. */
function goneFor(paths: readonly SpecPath[], value: Json): readonly SpecPath[] {
  const gone = paths.map((path) => (has(value, path) ? path : path.slice(0, -1)));
  return [...new Map(gone.map((path) => [formatPath(path), path])).values()];
}

function has(value: Json | undefined, path: SpecPath): boolean {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return true;
}

/** A copy without what stands at the path; of a list the other items move up. */
function without(value: Json | undefined, [step, ...rest]: SpecPath): Json | undefined {
  if (step === undefined || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index): Json[] => {
      if (index !== Number(step)) return [item];
      const kept = without(item, rest);
      return kept === undefined ? [] : [kept];
    });
  }
  const entries = Object.entries(value).flatMap(([key, child]): [string, Json][] => {
    if (key !== step) return [[key, child as Json]];
    const kept = without(child as Json, rest);
    return kept === undefined ? [] : [[key, kept]];
  });
  return Object.fromEntries(entries);
}
