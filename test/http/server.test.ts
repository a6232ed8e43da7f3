import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/http/server.ts';
import { fleetFiles, tokenOf } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello']);
const open: RunningServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const LIMITS = { headers: 300, request: 600 };

async function running() {
  const repo = memoryConfigRepo(files);
  const rig = serviceRig(repo);
  const server = await startServer(rig.app, { host: '127.0.0.1', port: 0, limits: LIMITS });
  open.push(server);
  return { ...rig, repo, server, url: `http://127.0.0.1:${server.port}` };
}

/** What a server sends on a raw connection until it closes it. */
function talk(port: number, write: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => write(socket));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      received += text;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that had enough resets the connection.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(received);
      else reject(error);
    });
    socket.on('close', () => resolve(received));
  });
}

const head = (length: number | 'chunked') =>
  `POST /v1/tools/hello/deploy HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokenOf('hello').token}\r\n` +
  `Content-Type: application/json\r\n${length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`;
const MIB = 'x'.repeat(1024 * 1024);

describe('the server', () => {
  test('answers on a socket', async () => {
    const { url } = await running();
    const response = await fetch(`${url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('a port that is taken is told as such', async () => {
    const { server, app } = await running();
    await expect(startServer(app, { host: '127.0.0.1', port: server.port })).rejects.toMatchObject({
      code: 'usage',
    });
  });

  test.each([
    ['announced', 100 * 1024 * 1024],
    ['in chunks', 'chunked'],
  ] as const)('a body of 100 MB, %s: 413 long before it is all there', async (_, length) => {
    const { server, repo } = await running();
    let sent = 0;
    const answer = await talk(server.port, (socket) => {
      socket.write(head(length));
      const more = () => {
        while (!socket.destroyed && sent < 100) {
          sent += 1;
          const chunk = length === 'chunked' ? `100000\r\n${MIB}\r\n` : MIB;
          if (!socket.write(chunk)) return;
        }
      };
      socket.on('drain', more);
      more();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(100);
    expect(repo.changes).toEqual([]);
  });

  test.each<[string, (socket: Socket) => void]>([
    ['headers that drip', (socket) => drip(socket, 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ', 'a')],
    ['a body that drips', (socket) => drip(socket, head(100_000), ' ')],
    ['nothing at all', () => undefined],
  ])('%s: cut off in time, and others are served meanwhile', async (_, write) => {
    const { server, url, repo } = await running();
    const slow = talk(server.port, write);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await slow).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    expect(repo.changes).toEqual([]);
  });

  test('headers that are too large: 431', async () => {
    const { server } = await running();
    const answer = await talk(server.port, (socket) =>
      socket.write(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('what is no HTTP: 400', async () => {
    const { server } = await running();
    expect(await talk(server.port, (socket) => socket.write('hello\r\n\r\n'))).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('closing answers what was begun and accepts no more', async () => {
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isBegun = () => {};
    const begun = new Promise<void>((resolve) => {
      isBegun = resolve;
    });
    const app = {
      async fetch() {
        isBegun();
        await gate;
        return new Response('done');
      },
    };
    const server = await startServer(app, { host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${server.port}`;
    const answer = fetch(url);
    await begun;
    const closed = server.close();
    await expect(fetch(url)).rejects.toThrow();
    letGo();
    expect(await (await answer).text()).toBe('done');
    await closed;
  });
});

/** A byte now and then, for as long as the server lets it. */
function drip(socket: Socket, begin: string, byte: string): void {
  socket.write(begin);
  const timer = setInterval(() => socket.write(byte), 50);
  socket.on('close', () => clearInterval(timer));
}
