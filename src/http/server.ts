import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { GitopsError } from '../errors.ts';
import type { App } from './app.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly limits?: Partial<ServerLimits>;
}

/** Against clients that are slow on purpose; milliseconds. */
export interface ServerLimits {
  /** Until the headers are there. */
  readonly headers: number;
  /** Until the whole request is there. */
  readonly request: number;
  readonly connections: number;
}

export interface RunningServer {
  readonly port: number;
  /** Accepts no more connections; resolves once what was begun is answered. */
  close(): Promise<void>;
}

const LIMITS: ServerLimits = { headers: 10_000, request: 30_000, connections: 4_000 };
const HEADER_BYTES = 16 * 1024;
/** How often the limits of time are looked at. */
const CHECK_EVERY = 1_000;
const SWEEP_EVERY = 50;

/** An app on a socket. */
export async function startServer(
  app: Pick<App, 'fetch'>,
  { host, port, limits }: ServerOptions,
): Promise<RunningServer> {
  const { headers, request, connections } = { ...LIMITS, ...limits };
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: headers,
      requestTimeout: request,
      connectionsCheckingInterval: Math.min(CHECK_EVERY, headers),
      maxHeaderSize: HEADER_BYTES,
      keepAliveTimeout: 5_000,
    },
  }) as Server;
  server.maxConnections = connections;
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closed(server),
  };
}

/** Connections that are kept alive would hold it up: each is closed as soon as its answer is out. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_EVERY);
    server.close(() => {
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const hint = 'choose another with --host and --port';
      reject(new GitopsError('usage', `cannot listen on ${host}, port ${port}`, { cause, hint }));
    });
    server.listen(port, host, resolve);
  });
}
