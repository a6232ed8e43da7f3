import { type Draft, isError } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { type ParsedSpec, parseToolSpec } from './parse-tool-spec.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedFile, ToolSources } from './source-file.ts';
import type { ToolSpec } from './toolforge-schema.ts';

/** The spec that counts: the fetched one where toolforge.yaml has a `source_url` and it has been fetched. */
export interface ChosenSpec {
  readonly parsed: ParsedFile;
  /** Its components, mistakes of form taken out; `undefined` when none could be read. */
  readonly spec: ToolSpec | undefined;
  /** Nothing had to be taken out. */
  readonly sound: boolean;
  readonly doubts: ParsedSpec['doubts'];
  readonly broken: ReadonlySet<string>;
  readonly sourceUrl: string | undefined;
  /** Of toolforge.yaml and, where it counts, of fetched.yaml. */
  readonly diagnostics: readonly Draft[];
}

export function chooseSpec({ name, spec, fetched }: ToolSources): ChosenSpec {
  const parsed = parseYaml(spec);
  const own = parseToolSpec(parsed);
  const { sourceUrl } = own;
  if (sourceUrl === undefined) return chosen(parsed, own, undefined, []);
  if (fetched !== undefined) return chooseFetched(parseYaml(fetched), own, sourceUrl);
  if (own.broken.size > 0 || Object.keys(own.intact?.components ?? {}).length > 0) {
    return chosen(parsed, own, sourceUrl, []);
  }
  const notFetched = diagnosticAt(parsed, ['source_url'], {
    code: 'TFG218',
    severity: 'warning',
    message: 'the spec has not been fetched yet, so nothing runs',
    suggestion: `run \`toolforge-gitops pull ${name}\``,
  });
  return chosen(parsed, own, sourceUrl, [notFetched]);
}

/** What else toolforge.yaml holds is ignored then, its mistakes too. */
function chooseFetched(parsed: ParsedFile, own: ParsedSpec, sourceUrl: string): ChosenSpec {
  const fetched = parseToolSpec(parsed);
  const kept = own.diagnostics.filter(({ path }) => !/^components(?:$|[.[])/.test(path));
  const empty =
    fetched.broken.size === 0 && Object.keys(fetched.intact?.components ?? { some: 0 }).length === 0;
  const nothing =
    empty && !fetched.diagnostics.some(isError)
      ? [
          diagnosticAt(parsed, [], {
            code: 'TFG101',
            message: 'the fetched spec has no `components`: nothing would run',
            suggestion: 'let `source_url` lead to the spec itself',
          }),
        ]
      : [];
  return chosen(parsed, fetched, sourceUrl, [...kept, ...nothing]);
}

function chosen(
  parsed: ParsedFile,
  { value, intact, doubts, broken, diagnostics }: ParsedSpec,
  sourceUrl: string | undefined,
  more: readonly Draft[],
): ChosenSpec {
  const sound = value !== undefined;
  return { parsed, spec: intact, sound, doubts, broken, sourceUrl, diagnostics: [...diagnostics, ...more] };
}
