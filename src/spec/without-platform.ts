import type { Diagnostic } from './diagnostic.ts';

/** What only platform.yaml can tell: hosts of images, builders, quotas and limits, the tools' domain. */
const CODES = new Set(['TFG214', 'TFG215', 'TFG301', 'TFG302', 'TFG403', 'TFG503', 'TFG522', 'TFG524']);

/** Of what was found against the built-in defaults all that holds whatever the platform is. */
export function withoutPlatform(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => !CODES.has(code));
}
