import type { z } from 'zod';
import type { Log } from '../ports/log.ts';

/** One route as data: what registers it also describes it in the OpenAPI document. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/v1/tools/{tool}/deploy` */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly security: 'none' | 'deployToken' | 'giteaSignature' | 'harborAuthorization';
  readonly query?: z.ZodObject;
  readonly body?: RouteBody;
  readonly responses: Readonly<Record<number, RouteResponse>>;
  /** Codes of problems beyond those that any route may answer. */
  readonly problems: readonly number[];
  handle(call: Call): Promise<Response>;
}

export interface RouteBody {
  /** By media type. */
  readonly content: Readonly<Record<string, z.ZodType>>;
}

export interface RouteResponse {
  readonly description: string;
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
}

/** One request on its way through a handler. */
export interface Call {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly log: Log;
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}
