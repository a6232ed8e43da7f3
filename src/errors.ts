/** Stable ids of foreseen failures; exit codes and HTTP statuses are tables over them, elsewhere. */
export type ErrorCode =
  | 'usage'
  | 'not-a-config-repo'
  | 'invalid-spec'
  | 'not-found'
  | 'unavailable'
  | 'refused'
  | 'image-rejected'
  | 'image-gone'
  | 'registry-failed'
  | 'fetch-failed'
  | 'stale-head'
  | 'contended'
  | 'permission'
  | 'remote-failed'
  | 'filesystem'
  | 'unauthorized'
  | 'overloaded';

export interface GitopsErrorOptions {
  /** What the reader can do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every foreseen failure; anything else that is thrown is a bug and keeps its stack. */
export class GitopsError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, { hint, cause }: GitopsErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GitopsError';
    this.code = code;
    this.hint = hint;
  }
}
