import { COMPONENT_NAME_MAX, isComponentName } from '../model/names.ts';
import { buildMistakes } from './build-choice.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { envMistakes, withWrittenEnv } from './env-text.ts';
import { diagnosticAt } from './finding.ts';
import { formatPath } from './format-path.ts';
import { checkShape } from './shape.ts';
import type { ParsedFile } from './source-file.ts';
import { type ToolSpec, toolforgeSchema } from './toolforge-schema.ts';
import { missingComponents, notASpec } from './top-level.ts';
import { isMap, mapAt } from './value-at.ts';
import { quoted } from './words.ts';

export interface ParsedSpec {
  /** Absent when there is an error. */
  readonly value?: ToolSpec;
  /**
   * What can be used in spite of errors, for checks that look on: the components without an error of form. The same as
   * `value` when there is none; absent when nothing could be read.
   */
  readonly intact?: ToolSpec;
  /** Components left out of `intact`. */
  readonly broken: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Holds a parsed toolforge.yaml (or a fetched one) against the format: everything that needs no other file. */
export function parseToolSpec(parsed: ParsedFile): ParsedSpec {
  const other = notASpec(parsed);
  if (other !== undefined) return { broken: new Set(), diagnostics: [...parsed.diagnostics, other] };
  const shaped = checkShape(parsed, toolforgeSchema);
  const extra = [
    ...missingComponents(parsed),
    ...nameMistakes(parsed),
    ...buildMistakes(parsed),
    ...envMistakes(parsed),
  ];
  const diagnostics = extra.length === 0 ? shaped.diagnostics : [...shaped.diagnostics, ...extra];
  if (shaped.value !== undefined && extra.length === 0) {
    const value = withWrittenEnv(shaped.value, parsed);
    return { value, intact: value, broken: new Set(), diagnostics };
  }
  return { ...intactPart(parsed, diagnostics.filter(isError)), diagnostics };
}

function nameMistakes(parsed: ParsedFile): readonly Diagnostic[] {
  const bad = componentNames(parsed).filter((name) => !isComponentName(name));
  return bad.map((name) => {
    const message =
      name.length > COMPONENT_NAME_MAX
        ? `the component's name is longer than ${COMPONENT_NAME_MAX} characters`
        : `a component cannot be called ${quoted(name)}`;
    const suggestion = 'use lower-case letters, digits, `-` and `.`, with a letter or digit at both ends';
    return diagnosticAt(parsed, ['components', name], { code: 'TFG107', message, suggestion, at: 'key' });
  });
}

/** Names of the components as written, `__proto__` included. */
function componentNames(parsed: ParsedFile): readonly string[] {
  return Object.keys(mapAt(parsed.value, ['components']) ?? {});
}

function intactPart(
  parsed: ParsedFile,
  errors: readonly Diagnostic[],
): Pick<ParsedSpec, 'intact' | 'broken'> {
  const touches = (place: string) =>
    errors.some(({ path }) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
  const names = componentNames(parsed);
  const broken = new Set(names.filter((name) => touches(formatPath(['components', name]))));
  if (!isMap(parsed.value)) return { broken };
  const { components: _, ...top } = parsed.value;
  const kept = Object.entries(top).filter(([key]) => !touches(formatPath([key])));
  const whole = names.filter((name) => !broken.has(name));
  const components = mapAt(parsed.value, ['components']) ?? {};
  const rest = Object.fromEntries(whole.map((name) => [name, components[name]]));
  const result = toolforgeSchema.safeParse({ ...Object.fromEntries(kept), components: rest });
  return result.success ? { intact: withWrittenEnv(result.data, parsed), broken } : { broken };
}
