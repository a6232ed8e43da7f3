import type { PolicyCode } from '../model/policy-codes.ts';

/** A rule of the platform that a rendered object breaks. Never holds the value of an environment variable. */
export interface PolicyViolation {
  /** Relative to the config repo's root. */
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  /** `spec.template.spec.containers[0].image`; empty for the object as a whole. */
  readonly field: string;
  /** Stable id, `TFG6` and two digits: documented, tested, never reused. */
  readonly code: PolicyCode;
  readonly message: string;
}

const NONE: readonly Finding[] = [];

/** What several rules found: nearly always nothing, so that no list is made. */
export function joined(...lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const found = lists.filter((list) => list.length > 0);
  return found.length === 0 ? NONE : found.flat();
}

/** A violation as a rule finds it: where in the object it is, and what is wrong. */
export interface Finding {
  readonly field: string;
  readonly code: PolicyCode;
  readonly message: string;
}
