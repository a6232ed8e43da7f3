import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server does instead of answering, or after it has let git do its work. */
export type Fault = 'cut' | 'cut-after' | 'fail-after' | { readonly status: number };

export interface GitHttpServer {
  readonly url: string;
  /** Every request so far: method and path with its query. */
  readonly requests: string[];
  /** Headers of each request, to see what was sent where. */
  readonly authorizations: (string | undefined)[];
  /** Looked at before each request. */
  fault: ((method: string, path: string) => Fault | undefined) | undefined;
  close(): Promise<void>;
}

export interface GitHttpServerOptions {
  /** Folder of the repos. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** `user:password` by what it may do; without any, everyone may do everything. */
  readonly users?: Readonly<Record<string, 'read' | 'write'>>;
}

/** Git's own smart HTTP: node in front of `git http-backend`. */
export async function gitHttpServer(options: GitHttpServerOptions): Promise<GitHttpServer> {
  const requests: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    const target = request.url ?? '/';
    requests.push(`${request.method} ${target}`);
    authorizations.push(request.headers.authorization);
    const status = statusFor(request, options.users);
    const fault = status === undefined ? handle.fault?.(request.method ?? '', target) : { status };
    if (fault === 'cut') request.destroy();
    else if (typeof fault === 'object') refuse(response, fault.status);
    else backend(options, request, response, fault);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const handle: GitHttpServer = {
    url: `http://127.0.0.1:${port}`,
    requests,
    authorizations,
    fault: undefined,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
  return handle;
}

function statusFor(request: IncomingMessage, users: GitHttpServerOptions['users']): number | undefined {
  if (users === undefined) return undefined;
  const [scheme, credentials = ''] = (request.headers.authorization ?? '').split(' ');
  const right = scheme === 'Basic' ? users[Buffer.from(credentials, 'base64').toString('utf8')] : undefined;
  if (right === undefined) return 401;
  return right === 'read' && (request.url ?? '').includes('git-receive-pack') ? 403 : undefined;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, status === 401 ? { 'www-authenticate': 'Basic realm="git"' } : {});
  response.end('refused\n');
}

function backend(
  { root, env }: GitHttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      ...(request.headers['content-length'] !== undefined && {
        CONTENT_LENGTH: request.headers['content-length'],
      }),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const output: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => output.push(part));
  child.stderr.resume();
  child.on('close', () => {
    if (fault === 'cut-after') request.socket.destroy();
    else if (fault === 'fail-after') refuse(response, 500);
    else answer(response, Buffer.concat(output));
  });
}

/** CGI: header lines, a blank line, the body; the status is a header. */
function answer(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of output.toString('latin1', 0, end).split('\r\n')) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') response.setHeader(name, value);
  }
  response.writeHead(status);
  response.end(output.subarray(end + 4));
}
