import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults, RequestRecord } from './faults.ts';
import { serveGit } from './git-http.ts';
import { type Answer, type ApiRequest, failed, notFound, ok } from './http.ts';
import { READERS } from './read.ts';
import type { RepoState } from './state.ts';
import { changeFiles } from './write.ts';

export interface ServerSetup {
  readonly state: RepoState;
  readonly faults: Faults;
  /** '' or `/git`: where the server lies below its host. */
  readonly folder: string;
}

interface Call {
  readonly setup: ServerSetup;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
}

export function giteaServer(setup: ServerSetup): Server {
  return createServer(async (incoming, response) => {
    // A client that goes away in the middle is no failure of the server.
    await serve(setup, incoming, response).catch(() => response.destroy());
  });
}

async function serve(setup: ServerSetup, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
  const call = { setup, incoming, response, url, body: Buffer.concat(chunks) };
  const { owner, repo } = setup.state;
  const gitPath = `${setup.folder}/${owner}/${repo}.git`;
  if (url.pathname.startsWith(`${gitPath}/`)) await gitCall(call, url.pathname.slice(gitPath.length));
  else await apiCall(call);
}

async function apiCall(call: Call): Promise<void> {
  const { setup, incoming, response, url, body } = call;
  const method = incoming.method ?? 'GET';
  const record = setup.faults.record(
    { method, path: `${url.pathname}${url.search}`, bytesIn: body.length },
    'api',
  );
  const fault = setup.faults.next(record);
  if (fault?.when === 'before' && fault.kind !== 'slow')
    return fail(fault, { record, response, faults: setup.faults });
  if (fault?.kind === 'slow') await sleep(fault.delay ?? 100);
  const answer = await route(call, method).catch(() => failed({ baseUrl: url.origin }, 500, ''));
  if (fault?.when === 'after' && fault.kind !== 'slow')
    return fail(fault, { record, response, answer, faults: setup.faults });
  send(answer, record, response);
}

async function route({ setup, incoming, url, body }: Call, method: string): Promise<Answer> {
  const { state, folder } = setup;
  const baseUrl = `${url.origin}${folder}`;
  const api = `${folder}/api/v1`;
  if (url.pathname === `${api}/version`) return ok({ version: '1.26.0' });
  const user = userOf(state, incoming.headers.authorization);
  if (user === 'unknown') return failed({ baseUrl }, 401, 'invalid username, password or token');
  const root = `${api}/repos/${state.owner}/${state.repo}`;
  if (url.pathname !== root && !url.pathname.startsWith(`${root}/`)) return notFound({ baseUrl });
  if (user === 'outsider' || user === 'nobody') return notFound({ baseUrl });
  const path = decodeURIComponent(url.pathname.slice(root.length + 1));
  const request = { method, path, query: url.searchParams, body, baseUrl, mayPush: user !== 'reader' };
  if (method === 'POST' && path === 'contents') return write(state, request, user);
  const reader = method === 'GET' ? READERS.find(([pattern]) => pattern.test(path)) : undefined;
  return reader === undefined ? { status: 404, body: '404 page not found' } : reader[1](state, request);
}

async function write(state: RepoState, request: ApiRequest, user: string): Promise<Answer> {
  if (user === 'readScope') {
    return failed(request, 403, 'token does not have at least one of required scope(s)');
  }
  if (state.archived) return failed(request, 423, `${state.owner}/${state.repo} is not allowed to edit`);
  if (user === 'reader') {
    return failed(request, 403, 'user should have a permission to write to the target branch');
  }
  return changeFiles(state, request);
}

type User = keyof RepoState['tokens'] | 'nobody' | 'unknown';

/** `token X`, `Bearer X`, or basic authentication with the token as user or password. */
function userOf(state: RepoState, header: string | undefined): User {
  if (header === undefined) return 'nobody';
  const [scheme = '', value = ''] = header.split(' ');
  const secrets =
    scheme.toLowerCase() === 'basic' ? Buffer.from(value, 'base64').toString('utf8').split(':') : [value];
  const known = Object.entries(state.tokens).find(([, token]) => secrets.includes(token));
  return known === undefined ? 'unknown' : (known[0] as User);
}

async function gitCall(call: Call, path: string): Promise<void> {
  const { setup, incoming, response, url, body } = call;
  const record = setup.faults.record(
    { method: incoming.method ?? 'GET', path: `${url.pathname}${url.search}`, bytesIn: body.length },
    'git',
  );
  const user = userOf(setup.state, incoming.headers.authorization);
  const refusal = refuseGit(setup.state, user, `${path}${url.search}`);
  if (refusal !== undefined) {
    if (refusal === 401) response.setHeader('WWW-Authenticate', 'Basic realm="Gitea"');
    response.statusCode = refusal;
    response.end('refused\n');
  } else {
    const request = { dir: setup.state.dir, path, query: url.search.slice(1), user, body };
    record.bytesOut = await serveGit(request, incoming, response);
  }
  record.status = response.statusCode;
}

function refuseGit(state: RepoState, user: User, what: string): number | undefined {
  if (user === 'nobody' || user === 'unknown') return 401;
  if (user === 'outsider') return 404;
  const push = what.includes('git-receive-pack');
  return push && (user !== 'bot' || state.archived) ? 403 : undefined;
}

interface Failing {
  readonly record: RequestRecord;
  readonly response: ServerResponse;
  readonly answer?: Answer;
  readonly faults: Faults;
}

function fail(fault: Fault, { record, response, answer, faults }: Failing): void {
  faults.took();
  if (fault.kind === 'hang') return;
  if (fault.kind === 'cut') {
    response.socket?.destroy();
    return;
  }
  if (fault.kind === 'truncate') {
    const text = JSON.stringify(answer?.body ?? { message: 'cut' });
    const headers = { 'Content-Type': JSON_TYPE, 'Content-Length': String(Buffer.byteLength(text)) };
    response.writeHead(answer?.status ?? 200, headers);
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    return;
  }
  const wrong =
    fault.kind === 'garbage'
      ? { status: fault.status ?? 200, body: '<html>not Gitea</html>' }
      : { status: fault.status ?? 500, headers: fault.headers ?? {}, body: { message: '', url: '' } };
  send(wrong, record, response);
}

const JSON_TYPE = 'application/json;charset=utf-8';

function send({ status, headers = {}, body }: Answer, record: RequestRecord, response: ServerResponse): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  record.status = status;
  record.bytesOut = Buffer.byteLength(text);
  const type = typeof body === 'string' ? 'text/plain;charset=utf-8' : JSON_TYPE;
  response.writeHead(status, { 'Content-Type': type, ...headers });
  response.end(text);
}
