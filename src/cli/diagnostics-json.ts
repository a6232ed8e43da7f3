import type { Diagnostic } from '../spec/diagnostic.ts';
import { countOf, inOrder, type Report } from '../spec/report.ts';

/** Diagnostics for programs: one JSON value; its fields are a contract. */
export function renderJson({ diagnostics, tools }: Report): string {
  const value = {
    diagnostics: diagnosticsValue(diagnostics),
    tools,
    errors: countOf(diagnostics, 'error'),
    warnings: countOf(diagnostics, 'warning'),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function diagnosticsValue(diagnostics: readonly Diagnostic[]): readonly Record<string, unknown>[] {
  return inOrder(diagnostics).map((each) => ({
    file: each.file,
    line: each.line,
    column: each.column,
    endLine: each.endLine,
    endColumn: each.endColumn,
    severity: each.severity,
    code: each.code,
    message: each.message,
    path: each.path,
    suggestion: each.suggestion ?? null,
  }));
}
