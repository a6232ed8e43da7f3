/** A mistake in a file that people write, as data: rendering lives elsewhere. */
export interface Diagnostic extends Position {
  /** Relative to the config repo's root, or as named on the command line. */
  readonly file: string;
  readonly severity: Severity;
  /** Stable id, `TFG` and three digits: documented, tested, never reused. */
  readonly code: string;
  /** What is wrong. Never holds the value of an environment variable or of an unknown key. */
  readonly message: string;
  /** Place in the file as `components.web.run.port`; empty for the file as a whole. */
  readonly path: string;
  /** What to do about it. */
  readonly suggestion: string | undefined;
}

/** A diagnostic on its way to people: what it has to do with keys that are not there, which `folded` takes out again. */
export interface Draft extends Diagnostic {
  /** Keys by their paths; any of them would put it right. */
  readonly lacks?: readonly string[];
  /** Of an unknown key: which one it was meant to be. */
  readonly meant?: Meant;
}

export interface Meant {
  /** Where the key should stand. */
  readonly path: string;
  /** The key as written, for messages. */
  readonly key: string;
  /** Its name is right, its place is not. */
  readonly moved: boolean;
}

export type Severity = 'error' | 'warning';

/** All 1-based; the end is exclusive, as editors have it. Columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Keys from the top of a file down to a value. */
export type SpecPath = readonly (string | number)[];

export const FILE_START: Position = { line: 1, column: 1, endLine: 1, endColumn: 1 };

export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
