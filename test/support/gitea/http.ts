import type { RepoState } from './state.ts';

/** A request to the API, as the handlers see it. */
export interface ApiRequest {
  readonly method: string;
  /** Below `/repos/{owner}/{repo}`, decoded, without the leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Whether the caller's user may push, whatever the token's scope. */
  readonly mayPush: boolean;
  /** Where links in answers point to. */
  readonly baseUrl: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text as it is; `undefined` for no body. */
  readonly body?: unknown;
}

export type Handler = (state: RepoState, request: ApiRequest) => Promise<Answer>;

const SWAGGER = '/api/swagger';

export function ok(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
  return { status, body, headers };
}

/** Gitea's 404s carry `errors`, its other failures do not. */
export function notFound(request: Pick<ApiRequest, 'baseUrl'>, message = 'not found'): Answer {
  return { status: 404, body: { errors: null, message, url: `${request.baseUrl}${SWAGGER}` } };
}

export function failed(request: Pick<ApiRequest, 'baseUrl'>, status: number, message: string): Answer {
  return { status, body: { message, url: `${request.baseUrl}${SWAGGER}` } };
}

/** A number of a query, at least 1. */
export function positive(query: URLSearchParams, key: string, otherwise: number): number {
  const value = Number.parseInt(query.get(key) ?? '', 10);
  return Number.isNaN(value) || value < 1 ? otherwise : value;
}

export function repoUrl({ owner, repo }: RepoState, { baseUrl }: Pick<ApiRequest, 'baseUrl'>): string {
  return `${baseUrl}/api/v1/repos/${owner}/${repo}`;
}
