import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { GIT_ENV } from './objects.ts';

export interface GitRequest {
  readonly dir: string;
  /** Below the repo: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  readonly path: string;
  readonly query: string;
  readonly user: string;
  readonly body: Buffer;
}

/** Git's own smart HTTP server, run as a CGI program on the same repo. Resolves with the bytes that it answered. */
export function serveGit(
  request: GitRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const { dir, path, query, user, body } = request;
  const child = spawn('git', ['http-backend'], {
    env: {
      ...GIT_ENV,
      GIT_PROJECT_ROOT: dirname(dir),
      PATH_INFO: `${dir.slice(dirname(dir).length)}${path}`,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: incoming.method ?? 'GET',
      QUERY_STRING: query,
      CONTENT_TYPE: incoming.headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: incoming.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(incoming.headers['git-protocol'] ?? ''),
      REMOTE_USER: user,
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(relay(Buffer.concat(chunks), response)));
  });
}

function relay(output: Buffer, response: ServerResponse): number {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.toString('latin1', 0, Math.max(end, 0)).split('\r\n');
  const headers = lines
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const)
    .filter(([name]) => name !== '');
  const status = headers.find(([name]) => name === 'Status')?.[1];
  response.statusCode = end < 0 ? 500 : Number.parseInt(status ?? '200', 10);
  for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
  const body = output.subarray(end + 4);
  response.end(body);
  return body.length;
}
