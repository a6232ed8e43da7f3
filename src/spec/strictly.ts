import type { Diagnostic } from './diagnostic.ts';

/** `--strict`, and files that only admins and the bot write: a key that nobody reads is an error. */
export function strictly(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) =>
    diagnostic.code === 'TFG106' ? { ...diagnostic, severity: 'error' } : diagnostic,
  );
}
