import type { Draft, Meant, SpecPath } from './diagnostic.ts';
import { formatPath } from './format-path.ts';
import type { ParsedFile } from './source-file.ts';

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
  readonly severity?: 'error' | 'warning';
  /** Point at the key rather than at the value. */
  readonly at?: 'key' | 'value';
  /** It is about a key that is not there: these would put it right, each by itself. */
  readonly lacks?: readonly SpecPath[];
  /** Of an unknown key: which one it was meant to be. */
  readonly meant?: Meant | undefined;
}

export interface PlacedFinding extends Finding {
  readonly path: SpecPath;
}

/** A diagnostic about a place in a file. */
export function diagnosticAt(parsed: ParsedFile, path: SpecPath, finding: Finding): Draft {
  return {
    file: parsed.file,
    ...parsed.locate(path, finding.at ?? 'value'),
    severity: finding.severity ?? 'error',
    code: finding.code,
    message: finding.message,
    path: formatPath(path),
    suggestion: finding.suggestion,
    ...(finding.lacks && { lacks: finding.lacks.map(formatPath) }),
    ...(finding.meant && { meant: finding.meant }),
  };
}
