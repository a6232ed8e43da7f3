import type { ContainerLimits, CpuMemory, Quota } from './limits.ts';

/** tools-config/<tool>/tenant.yaml: what the platform's admins decide for one tool. */
export interface Tenant {
  readonly uid: number | undefined;
  /** Groups that maintain the tool besides its own. */
  readonly maintainers: readonly string[];
  readonly quota: Partial<Quota>;
  readonly limits: { readonly [Key in keyof ContainerLimits]?: Partial<CpuMemory> };
  readonly retired: boolean;
}

export const NO_TENANT: Tenant = { uid: undefined, maintainers: [], quota: {}, limits: {}, retired: false };

/** A quota with what is written over it; the same object where nothing is. */
export function overQuota(base: Quota, written: Tenant['quota']): Quota {
  return isEmpty(written) ? base : { ...base, ...written };
}

/** A LimitRange with what is written over it, resource by resource; the same object where nothing is. */
export function overLimits(base: ContainerLimits, written: Tenant['limits']): ContainerLimits {
  if (isEmpty(written)) return base;
  return {
    default: { ...base.default, ...written.default },
    defaultRequest: { ...base.defaultRequest, ...written.defaultRequest },
    max: { ...base.max, ...written.max },
    min: { ...base.min, ...written.min },
  };
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}
