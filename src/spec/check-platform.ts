import type { Platform } from '../model/platform.ts';
import { isBlank } from './blank.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { folded } from './folded.ts';
import { mend, unaffected } from './mend.ts';
import { parseYaml } from './parse-yaml.ts';
import { platformMistakes } from './platform-mistakes.ts';
import { platformSchema } from './platform-schema.ts';
import { checkShape } from './shape.ts';
import type { SourceFile } from './source-file.ts';
import { strictly } from './strictly.ts';
import { toPlatform } from './to-platform.ts';

export interface CheckedPlatform {
  /** `undefined` when there is an error. */
  readonly platform: Platform | undefined;
  /** When there is an error: what tools can be held against, if no error is about that. */
  readonly intact?: Platform;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parts of platform.yaml that no tool is held against. */
const APART = new Set(
  'argocd config_repo fetch group_prefix max_deleted_files network routes service shards storage'.split(' '),
);

/** What holds without a platform.yaml. */
export function defaultPlatform(): Platform {
  return toPlatform({});
}

/** Reads platform.yaml; without one the built-in defaults hold. A key that is not known is an error here. */
export function checkPlatform(source: SourceFile | undefined): CheckedPlatform {
  if (source === undefined || isBlank(source)) return { platform: defaultPlatform(), diagnostics: [] };
  const parsed = parseYaml(source);
  const { value, diagnostics: shape } = checkShape(parsed, platformSchema);
  const diagnostics = strictly(folded(shape));
  const mended = value === undefined ? mend(parsed, platformSchema) : { value, dropped: [] };
  if (mended === undefined) return { platform: undefined, diagnostics };
  const platform = toPlatform(mended.value);
  const mistakes = unaffected(platformMistakes(mended.value, platform), mended.dropped);
  const all = [
    ...diagnostics,
    ...mistakes.map(({ path, ...finding }) => diagnosticAt(parsed, path, finding)),
  ];
  if (value !== undefined && !all.some(isError)) return { platform, diagnostics: all };
  const apart = all.every(({ path }) => APART.has(path.split(/[.[]/, 1)[0] ?? ''));
  return { platform: undefined, diagnostics: all, ...(apart && { intact: platform }) };
}
