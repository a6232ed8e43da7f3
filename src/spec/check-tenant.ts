import type { Platform } from '../model/platform.ts';
import { NO_TENANT, overLimits, type Tenant } from '../model/tenant.ts';
import { isBlank } from './blank.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { limitsOf, quotaOf } from './limits-schema.ts';
import { parseYaml } from './parse-yaml.ts';
import { limitMistakes } from './platform-mistakes.ts';
import { checkShape } from './shape.ts';
import type { SourceFile } from './source-file.ts';
import { strictly } from './strictly.ts';
import { tenantSchema } from './tenant-schema.ts';

export interface CheckedTenant {
  /** `undefined` when there is an error. */
  readonly tenant: Tenant | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads tenant.yaml; without one the platform's defaults hold. A key that is not known is an error here. */
export function checkTenant(source: SourceFile | undefined, platform: Platform): CheckedTenant {
  if (source === undefined || isBlank(source)) return { tenant: NO_TENANT, diagnostics: [] };
  const parsed = parseYaml(source);
  const { value, diagnostics: shape } = checkShape(parsed, tenantSchema);
  if (value === undefined) return { tenant: undefined, diagnostics: strictly(shape) };
  const tenant: Tenant = {
    uid: value.uid,
    maintainers: value.maintainers ?? [],
    quota: quotaOf(value.quota),
    limits: limitsOf(value.limits),
    retired: value.retired ?? false,
  };
  const mistakes = [...limitMistakes(overLimits(platform.limits, tenant.limits), tenant.limits)];
  const diagnostics = [
    ...strictly(shape),
    ...mistakes.map(({ path, ...finding }) => diagnosticAt(parsed, path, finding)),
  ];
  return { tenant: diagnostics.some(isError) ? undefined : tenant, diagnostics };
}
