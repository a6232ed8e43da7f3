import type { ErrorCode } from '../errors.ts';
import { GitopsError } from '../errors.ts';
import type { FieldError } from './body-words.ts';

/** Codes of answers: those of the command line, and what only HTTP has. */
export type ProblemCode = ErrorCode | HttpCode;
export type HttpCode =
  | 'too-large'
  | 'unsupported-media-type'
  | 'method-not-allowed'
  | 'rate-limited'
  | 'time-out'
  | 'internal';

interface Kind {
  readonly status: number;
  readonly title: string;
}

/** Every code's status; 502, 503 and 504 say that the same request may be sent again. */
export const PROBLEMS: Readonly<Record<ProblemCode, Kind>> = {
  usage: { status: 400, title: 'The request is wrong' },
  unauthorized: { status: 401, title: 'No valid token for this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'method-not-allowed': { status: 405, title: 'Not with this method' },
  refused: { status: 409, title: 'Refused' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'Not in this format' },
  'invalid-spec': { status: 422, title: 'The spec is in error' },
  'image-rejected': { status: 422, title: 'Not an image that this may run' },
  'image-gone': { status: 422, title: 'The registry does not have the image' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'A fault of the service' },
  'registry-failed': { status: 502, title: 'The registry does not answer as it should' },
  'fetch-failed': { status: 502, title: 'The spec cannot be fetched' },
  'not-a-config-repo': { status: 503, title: 'The config repo is not one' },
  unavailable: { status: 503, title: 'There is no such config repo' },
  'stale-head': { status: 503, title: 'Another writer came first' },
  contended: { status: 503, title: 'Other writers kept coming first' },
  permission: { status: 503, title: 'The service may not do this' },
  'remote-failed': { status: 503, title: 'The config repo does not answer as it should' },
  filesystem: { status: 503, title: 'The service cannot read or write its files' },
  overloaded: { status: 503, title: 'Too much is waiting' },
  'time-out': { status: 504, title: 'It took too long' },
};

/** What an HTTP answer alone tells, where no `GitopsError` says it. */
export class HttpProblem extends Error {
  readonly code: ProblemCode;
  readonly extra: Extra;

  constructor(code: ProblemCode, message: string, extra: Extra = {}) {
    super(message);
    this.name = 'HttpProblem';
    this.code = code;
    this.extra = extra;
  }
}

interface Extra {
  readonly hint?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is wrong with the request's fields; values are never repeated. */
  readonly errors?: readonly FieldError[];
}

const RETRY_AFTER = '5';

/** RFC 9457 problem details; `code` is the command line's. */
export function problemResponse(error: unknown, requestId: string): Response {
  const { code, message, hint, extra } = describe(error);
  const { status, title } = PROBLEMS[code];
  const body = {
    type: `urn:toolforge-gitops:problem:${code}`,
    title,
    status,
    detail: message,
    code,
    ...(hint !== undefined && { hint }),
    ...(extra.errors !== undefined && { errors: extra.errors }),
    ...diagnosticsOf(error),
    request_id: requestId,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json', ...extra.headers });
  if (status === 429 || status > 500) headers.set('retry-after', RETRY_AFTER);
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="deploy"');
  return new Response(JSON.stringify(body), { status, headers });
}

interface Described {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint: string | undefined;
  readonly extra: Extra;
}

/** A bug's own words stay in the log. */
function describe(error: unknown): Described {
  if (error instanceof HttpProblem) {
    return { code: error.code, message: error.message, hint: error.extra.hint, extra: error.extra };
  }
  if (error instanceof GitopsError) {
    return { code: error.code, message: error.message, hint: error.hint, extra: {} };
  }
  return { code: 'internal', message: 'the log tells more, by the request id', hint: undefined, extra: {} };
}

/** A spec in error brings its diagnostics along. */
function diagnosticsOf(error: unknown): { diagnostics?: unknown } {
  const isSpec = error instanceof GitopsError && error.code === 'invalid-spec' && 'diagnostics' in error;
  return isSpec ? { diagnostics: error.diagnostics } : {};
}

export function statusOf(error: unknown): number {
  return PROBLEMS[describe(error).code].status;
}
