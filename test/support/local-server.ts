import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SelfSigned } from './self-signed.ts';

export interface LocalServer {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** `http://127.0.0.1:PORT` or https. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A real server on loopback, on a free port. */
export async function localServer(handle: RequestListener, tls?: SelfSigned): Promise<LocalServer> {
  const server: Server = tls === undefined ? createServer(handle) : createTlsServer({ ...tls }, handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    host,
    port,
    url: `${tls === undefined ? 'http' : 'https'}://${host}`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}
