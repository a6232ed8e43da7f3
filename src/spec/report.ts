import type { Diagnostic } from './diagnostic.ts';

/** What a check of files found: all that a renderer needs. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[];
  /** How many tools were looked at. */
  readonly tools: number;
  /** Texts of the files, by the name that diagnostics use; a file without one is shown without an excerpt. */
  readonly sources: ReadonlyMap<string, string>;
}

/** By file, then by place, errors before warnings; never by the order in which rules happened to run. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.severity, b.severity) ||
      compare(a.code, b.code) ||
      compare(a.path, b.path) ||
      compare(a.message, b.message),
  );
}

export function countOf(diagnostics: readonly Diagnostic[], severity: Diagnostic['severity']): number {
  return diagnostics.filter((each) => each.severity === severity).length;
}

/** By code units: the same in every locale. */
function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
