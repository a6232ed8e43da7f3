import type { Diagnostic } from '../../src/spec/diagnostic.ts';

/** A diagnostic on one line, for tables: `error TFG104 5:16 shards: must be … → suggestion`. */
export function showDiagnostic({
  severity,
  code,
  line,
  column,
  path,
  message,
  suggestion,
}: Diagnostic): string {
  const hint = suggestion === undefined ? '' : ` → ${suggestion}`;
  return `${severity} ${code} ${line}:${column} ${path}: ${message}${hint}`;
}
