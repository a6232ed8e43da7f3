import type { Manifest } from '../model/manifest.ts';
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

/** Puts what rules find in an object among the violations. */
export function reportTo(violations: PolicyViolation[], file: string, { kind, metadata }: Manifest): Report {
  return (field, code, message) => {
    violations.push({ file, kind, name: metadata.name, field, code, message });
  };
}
