import { buildMistakes } from './build-choice.ts';
import { nameMistakes } from './component-name.ts';
import { type Draft, isError } from './diagnostic.ts';
import { envMistakes, withWrittenEnv } from './env-text.ts';
import { type Doubts, heal } from './heal.ts';
import { misindented } from './misindented.ts';
import { checkShape } from './shape.ts';
import type { ParsedFile } from './source-file.ts';
import { type ComponentSpec, type ToolSpec, toolforgeSchema } from './toolforge-schema.ts';
import { missingComponents, notASpec } from './top-level.ts';
import { mapAt, valueAt } from './value-at.ts';

export interface ParsedSpec {
  /** Absent when there is an error. */
  readonly value?: ToolSpec;
  /**
   * For checks that look on in spite of errors: the components with their mistakes of form taken out. The same as `value`
   * when there is none; absent when no components could be read.
   */
  readonly intact?: ToolSpec;
  /** What is not known of a component of `intact`, by its name. */
  readonly doubts: ReadonlyMap<string, Doubts>;
  /** Components left out of `intact`. */
  readonly broken: ReadonlySet<string>;
  /** Where it is written and right. */
  readonly sourceUrl: string | undefined;
  readonly diagnostics: readonly Draft[];
}

const NO_DOUBTS: ParsedSpec['doubts'] = new Map();
const NONE: ParsedSpec['broken'] = new Set();

/** Holds a parsed toolforge.yaml (or a fetched one) against the format: everything that needs no other file. */
export function parseToolSpec(parsed: ParsedFile): ParsedSpec {
  const other = notASpec(parsed);
  if (other !== undefined) {
    const diagnostics = [...parsed.diagnostics, other];
    return { doubts: NO_DOUBTS, broken: NONE, sourceUrl: undefined, diagnostics };
  }
  const shaped = checkShape(parsed, toolforgeSchema);
  const names = Object.keys(mapAt(parsed.value, ['components']) ?? {});
  const extra = [
    ...missingComponents(parsed),
    ...nameMistakes(parsed, names),
    ...buildMistakes(parsed),
    ...envMistakes(parsed),
  ];
  if (shaped.value !== undefined && extra.length === 0) {
    const value = withWrittenEnv(shaped.value, parsed);
    const { source_url: sourceUrl } = value;
    return {
      value,
      intact: value,
      doubts: NO_DOUBTS,
      broken: NONE,
      sourceUrl,
      diagnostics: shaped.diagnostics,
    };
  }
  const diagnostics = misindented(parsed, [...shaped.diagnostics, ...extra]);
  return { ...healedPart(parsed, names, diagnostics), diagnostics };
}

function healedPart(
  parsed: ParsedFile,
  names: readonly string[],
  diagnostics: readonly Draft[],
): Omit<ParsedSpec, 'value' | 'diagnostics'> {
  const wrong = new Set(diagnostics.filter(isError).map(({ path }) => path));
  const written = valueAt(parsed.value, ['source_url']);
  const sourceUrl = typeof written === 'string' && !wrong.has('source_url') ? written : undefined;
  const components: [string, ComponentSpec][] = [];
  const doubts = new Map<string, Doubts>();
  const broken = new Set<string>();
  for (const name of names) {
    const healed = heal(name, valueAt(parsed.value, ['components', name]), wrong);
    if (healed === undefined) broken.add(name);
    else {
      components.push([name, healed.component]);
      doubts.set(name, healed.doubts);
    }
  }
  const readable = names.length > 0 || sourceUrl !== undefined;
  const intact = { source_url: sourceUrl, components: Object.fromEntries(components) };
  return { ...(readable && { intact }), doubts, broken, sourceUrl };
}
