import type { Diagnostic, SpecPath } from './diagnostic.ts';
import { formatPath } from './format-path.ts';
import type { ParsedFile } from './source-file.ts';

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
  readonly severity?: 'error' | 'warning';
  /** Point at the key rather than at the value. */
  readonly at?: 'key' | 'value';
}

export interface PlacedFinding extends Finding {
  readonly path: SpecPath;
}

/** A diagnostic about a place in a file. */
export function diagnosticAt(parsed: ParsedFile, path: SpecPath, finding: Finding): Diagnostic {
  return {
    file: parsed.file,
    ...parsed.locate(path, finding.at ?? 'value'),
    severity: finding.severity ?? 'error',
    code: finding.code,
    message: finding.message,
    path: formatPath(path),
    suggestion: finding.suggestion,
  };
}
