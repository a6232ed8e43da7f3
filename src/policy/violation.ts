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

/**
 * How a rule tells what it found: where in the object, and what is wrong there. Rules find nothing in nearly all objects,
 * so that they return no lists that would be made and joined for each.
 */
export type Report = (field: string, code: PolicyCode, message: string) => void;
