import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { GitopsError } from '../errors.ts';
import type { Api } from './api.ts';
import { openApi } from './openapi.ts';
import { HttpProblem, problemResponse, statusOf } from './problem.ts';
import type { Call, Route } from './route.ts';
import { deployRoute } from './routes/deploy.ts';
import { deploymentsRoute } from './routes/deployments.ts';
import { giteaWebhookRoute } from './routes/gitea-webhook.ts';
import { harborWebhookRoute } from './routes/harbor-webhook.ts';
import { holdRoute, unholdRoute } from './routes/hold.ts';
import { operationsRoutes } from './routes/operations.ts';
import { rollbackRoute } from './routes/rollback.ts';
import { validateRoute } from './routes/validate.ts';

export interface App {
  fetch(request: Request): Promise<Response>;
  /** Requests being answered. */
  readonly open: number;
}

/** Requests under way at once; each costs little while it waits for its commit. */
const OPEN_MAX = 2_000;
/** Longer than anything should take: `land` alone goes on for a minute against a failing remote. */
const ANSWER_MAX = 150_000;

export function createApp(api: Api): App {
  const routes: Route[] = [
    deployRoute(api),
    deploymentsRoute(api),
    rollbackRoute(api),
    holdRoute(api),
    unholdRoute(api),
    validateRoute(api),
    giteaWebhookRoute(api),
    harborWebhookRoute(api),
    ...operationsRoutes(api, () => document),
  ];
  const document = openApi(routes, api.version);
  const state = { open: 0 };
  const hono = new Hono();
  for (const path of new Set(routes.map((route) => route.path))) {
    const there = routes.filter((route) => route.path === path);
    hono.all(honoPath(path), (context) => dispatch(api, there, context, state));
  }
  hono.notFound((context) => failed(api, newCall(api, context.req.raw, {}), notFound(), 'none'));
  return {
    fetch: async (request) => hono.fetch(request),
    get open() {
      return state.open;
    },
  };
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

async function dispatch(
  api: Api,
  routes: readonly Route[],
  context: Context,
  state: { open: number },
): Promise<Response> {
  const request = context.req.raw;
  const call = newCall(api, request, context.req.param());
  const route = routes.find(({ method }) => method === request.method);
  if (route === undefined) return failed(api, call, wrongMethod(routes), 'none');
  const isProbe = route.security === 'none' && route.method === 'GET';
  if (state.open >= OPEN_MAX && !isProbe) return failed(api, call, tooBusy(), route.path);
  const started = api.clock.now();
  state.open += 1;
  try {
    const response = await withDeadline(route.handle(call));
    response.headers.set('x-request-id', call.requestId);
    report(api, call, { route: route.path, status: response.status, started });
    return response;
  } catch (error) {
    return failed(api, call, error, route.path, started);
  } finally {
    state.open -= 1;
  }
}

function newCall(api: Api, request: Request, params: Readonly<Record<string, string>>): Call {
  const given = request.headers.get('x-request-id');
  const requestId = given !== null && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  return { request, params, requestId, log: api.log.with({ request: requestId }) };
}

function failed(api: Api, call: Call, error: unknown, route: string, started = api.clock.now()): Response {
  const status = statusOf(error);
  if (status === 500) {
    call.log.error('bug', { route, error: error instanceof Error ? error : new Error(String(error)) });
  }
  report(api, call, { route, status, started, error });
  const response = problemResponse(error, call.requestId);
  response.headers.set('x-request-id', call.requestId);
  return response;
}

interface Done {
  readonly route: string;
  readonly status: number;
  readonly started: number;
  readonly error?: unknown;
}

function report(
  { metrics, clock }: Api,
  { request, log }: Call,
  { route, status, started, error }: Done,
): void {
  const milliseconds = clock.now() - started;
  metrics.onRequest({ method: methodLabel(request.method), route, status, seconds: milliseconds / 1000 });
  const code = error instanceof GitopsError || error instanceof HttpProblem ? error.code : undefined;
  if (route.startsWith('/v1/') || status >= 400) log.info('answered', { route, status, milliseconds, code });
}

/** Anybody may invent methods: they must not become series of a metric. */
function methodLabel(method: string): string {
  return ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'].includes(method) ? method : 'other';
}

async function withDeadline(answer: Promise<Response>): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tookTooLong()), ANSWER_MAX);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(): HttpProblem {
  const hint = 'it may still be done; send the same request again: it is safe';
  return new HttpProblem('time-out', 'the answer took too long', { hint });
}

function tooBusy(): GitopsError {
  return new GitopsError('overloaded', 'too many requests are under way');
}

function notFound(): GitopsError {
  return new GitopsError('not-found', 'nothing is here', { hint: 'see /openapi.json for what there is' });
}

function wrongMethod(routes: readonly Route[]): HttpProblem {
  const allow = routes.map(({ method }) => method).join(', ');
  return new HttpProblem('method-not-allowed', `only ${allow} here`, { headers: { allow } });
}
