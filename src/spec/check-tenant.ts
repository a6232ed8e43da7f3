import type { z } from 'zod';
import type { Platform } from '../model/platform.ts';
import { NO_TENANT, overLimits, type Tenant } from '../model/tenant.ts';
import { isBlank } from './blank.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { folded } from './folded.ts';
import { limitsOf, quotaOf } from './limits-schema.ts';
import { mend, unaffected } from './mend.ts';
import { parseYaml } from './parse-yaml.ts';
import { limitMistakes } from './platform-mistakes.ts';
import { checkShape } from './shape.ts';
import type { SourceFile } from './source-file.ts';
import { strictly } from './strictly.ts';
import { tenantSchema } from './tenant-schema.ts';

export interface CheckedTenant {
  /** `undefined` when there is an error. */
  readonly tenant: Tenant | undefined;
  /** For checks that look on: what can be told of it in spite of errors, if none is about quota or limits. */
  readonly intact: Tenant | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads tenant.yaml; without one the platform's defaults hold. A key that is not known is an error here. */
export function checkTenant(source: SourceFile | undefined, platform: Platform): CheckedTenant {
  if (source === undefined || isBlank(source)) {
    return { tenant: NO_TENANT, intact: NO_TENANT, diagnostics: [] };
  }
  const parsed = parseYaml(source);
  const { value, diagnostics: shape } = checkShape(parsed, tenantSchema);
  const mended = value === undefined ? mend(parsed, tenantSchema) : { value, dropped: [] };
  if (mended === undefined) {
    return { tenant: undefined, intact: undefined, diagnostics: strictly(folded(shape)) };
  }
  const tenant = toTenant(mended.value);
  const mistakes = [...limitMistakes(overLimits(platform.limits, tenant.limits), tenant.limits)];
  const diagnostics = [
    ...strictly(folded(shape)),
    ...unaffected(mistakes, mended.dropped).map(({ path, ...finding }) =>
      diagnosticAt(parsed, path, finding),
    ),
  ];
  const sure = mistakes.length === 0 && !mended.dropped.some(([top]) => top === 'quota' || top === 'limits');
  const whole = value !== undefined && !diagnostics.some(isError);
  return { tenant: whole ? tenant : undefined, intact: sure ? tenant : undefined, diagnostics };
}

function toTenant({ uid, maintainers, quota, limits, retired }: z.output<typeof tenantSchema>): Tenant {
  return {
    uid,
    maintainers: maintainers ?? [],
    quota: quotaOf(quota),
    limits: limitsOf(limits),
    retired: retired ?? false,
  };
}
