import type { IncomingMessage, RequestListener } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { httpSpecSource, type SpecSourceOptions } from '../../../src/adapters/fetch/http-spec-source.ts';
import type { Resolver } from '../../../src/adapters/http/resolver.ts';
import type { GitopsError } from '../../../src/errors.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type LocalServer, localServer } from '../../support/local-server.ts';
import { selfSigned } from '../../support/self-signed.ts';

const SPEC = 'components:\n  web: {} # ä\n';
const tls = selfSigned(['localhost', '127.0.0.1', 'git.example.org']);
const servers: LocalServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Served extends LocalServer {
  readonly seen: IncomingMessage[];
}

async function serve(handle: RequestListener, secure = true): Promise<Served> {
  const seen: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(request);
    handle(request, response);
  };
  const server = await localServer(listener, secure ? tls : undefined);
  servers.push(server);
  return { ...server, seen };
}

const serveSpec = (secure = true): Promise<Served> => serve((_, response) => response.end(SPEC), secure);

function source(trustedHosts: readonly string[], over: Partial<SpecSourceOptions> = {}) {
  return httpSpecSource({ clock: fakeClock(), trustedHosts, network: { ca: tls.cert }, ...over });
}

async function errorOf(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  const error = await promise.then(
    (value) => ({ code: 'no error', message: JSON.stringify(value), hint: '' }),
    (thrown: GitopsError) => thrown,
  );
  const text = `${error.message} (${error.hint})`;
  expect(text).not.toContain('5ecret');
  return { code: error.code, text };
}

describe('fetching', () => {
  test('a spec over https, without a login or a cookie', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'set-cookie': 'a=b' });
      response.end(`\ufeff${SPEC}`);
    });
    const fetcher = source([server.host]);
    expect(await fetcher.fetch(`${server.url}/a?ref=main#top`)).toBe(SPEC);
    expect(await fetcher.fetch(`${server.url}/a?ref=main`)).toBe(SPEC);
    for (const { headers, url } of server.seen) {
      expect(url).toBe('/a?ref=main');
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
    }
  });

  test('plain http from a trusted host', async () => {
    const server = await serveSpec(false);
    expect(await source([server.host]).fetch(`${server.url}/x`)).toBe(SPEC);
    expect(await source(['127.0.0.1']).fetch(`${server.url}/x`)).toBe(SPEC);
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('what a server compressed without being asked: %s', async (encoding, compress) => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress(SPEC));
    });
    expect(await source([server.host]).fetch(server.url)).toBe(SPEC);
  });

  test('up to three redirects', async () => {
    const server = await serve((request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 0) response.end(SPEC);
      else response.writeHead(302, { location: `/${step - 1}` }).end();
    });
    const fetcher = source([server.host]);
    expect(await fetcher.fetch(`${server.url}/3`)).toBe(SPEC);
    const error = await errorOf(fetcher.fetch(`${server.url}/4`));
    expect(error).toMatchObject({ code: 'fetch-failed', text: expect.stringContaining('3 redirects') });
  });

  test('256 KiB and no more, however it comes', async () => {
    const limit = 'x'.repeat(256 * 1024);
    const answers: Record<string, RequestListener> = {
      '/limit': (_, response) => response.end(limit),
      '/plain': (_, response) => response.end(`${limit}x`),
      '/bomb': (_, response) => {
        const body = gzipSync(Buffer.alloc(200 * 2 ** 20));
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
      },
      '/endless': (_, response) => {
        const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
        response.on('close', () => clearInterval(timer));
      },
    };
    const server = await serve((request, response) => answers[request.url ?? '']?.(request, response));
    const fetcher = source([server.host]);
    expect(await fetcher.fetch(`${server.url}/limit`)).toHaveLength(256 * 1024);
    for (const path of ['/plain', '/bomb', '/endless']) {
      const error = await errorOf(fetcher.fetch(`${server.url}${path}`));
      expect(error).toMatchObject({ code: 'fetch-failed', text: expect.stringContaining('256 KiB') });
    }
  });

  test.each<[string, RequestListener]>([
    ['does not answer', () => undefined],
    ['stops in the middle', (_, response) => response.write('x')],
    [
      'sends a byte at a time',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 5);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('a server that %s is not waited for', async (_, handle) => {
    const server = await serve(handle);
    const error = await errorOf(source([server.host], { patience: 150 }).fetch(server.url));
    expect(error).toMatchObject({ code: 'fetch-failed', text: expect.stringContaining('in time') });
  });

  test.each<[string, RequestListener, string]>([
    ['404', (_, response) => response.writeHead(404).end('5ecret'), 'answered 404 (check the branch'],
    ['500', (_, response) => response.writeHead(500).end('5ecret'), 'answered 500'],
    ['304', (_, response) => response.writeHead(304).end(), 'answered 304'],
    ['a cut connection', (request) => request.socket.destroy(), 'ECONNRESET'],
    ['binary content', (_, response) => response.end(Buffer.of(1, 0, 2)), 'not UTF-8 text'],
    ['Latin 1', (_, response) => response.end(Buffer.from('ä', 'latin1')), 'not UTF-8 text'],
    ['a page', (_, response) => response.end('\n<!DOCTYPE html><p>'), 'a web page, not the file (use'],
    [
      'a page by its type',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('hi'),
      'raw file, https://127.0.0.1:PORT/a/b/raw/branch/main/toolforge.yaml)',
    ],
    ['a redirect to nowhere', (_, response) => response.writeHead(302).end(), 'redirects to nowhere'],
    [
      'a broken redirect',
      (_, response) => response.writeHead(302, { location: 'https://[' }).end(),
      'redirects to nowhere',
    ],
    [
      'broken compression',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'cannot be decompressed',
    ],
    [
      'unknown compression',
      (_, response) => response.writeHead(200, { 'content-encoding': 'constructor' }).end('x'),
      'in an unknown way',
    ],
  ])('%s is an error with a remedy', async (_, handle, text) => {
    const server = await serve(handle);
    const address = `${server.url}/a/b/src/branch/main/toolforge.yaml?token=5ecret`;
    const error = await errorOf(source([server.host]).fetch(address));
    expect(error.code).toBe('fetch-failed');
    if (!text.startsWith('answered')) expect(error.text).toContain(text.replace('PORT', `${server.port}`));
    else expect(error.text).toContain(text.split(' (')[0]);
  });

  test('a server whose certificate nobody vouches for', async () => {
    const server = await serveSpec();
    const error = await errorOf(source([server.host], { network: {} }).fetch(server.url));
    expect(error.text).toContain('SELF_SIGNED');
    expect(server.seen).toEqual([]);
  });
});

describe('addresses that are not fetched', () => {
  test.each([
    ['no URL', 'not a url', 'no URL'],
    ['no host', 'https://', 'no URL'],
    ['an option', '--upload-pack=x', 'no URL'],
    ['http', 'http://example.org/x', 'not an https'],
    ['a file', 'file:///etc/passwd', 'not an https'],
    ['data', 'data:text/plain,5ecret', 'not an https'],
    ['ftp', 'ftp://example.org/x', 'not an https'],
    ['a login', 'https://user:5ecret@example.org/x', 'holds a login'],
    ['a token as a name', 'https://5ecret@example.org/x', 'holds a login'],
    ['a port of another service', 'https://example.org:22/x', 'a port'],
    ['a port of another service', 'https://example.org:6443/x', 'a port'],
    ['loopback', 'https://127.0.0.1/', 'private address'],
    ['a decimal number', 'https://2130706433/', 'private address'],
    ['an octal form', 'https://0177.0.0.1/', 'private address'],
    ['a hexadecimal form', 'https://0x7f000001/', 'private address'],
    ['a short form', 'https://127.1/', 'private address'],
    ['zero', 'https://0/', 'private address'],
    ['unspecified', 'https://0.0.0.0/', 'private address'],
    ['IPv6 loopback', 'https://[::1]/', 'private address'],
    ['IPv6 unspecified', 'https://[::]/', 'private address'],
    ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/', 'private address'],
    ['NAT64', 'https://[64:ff9b::169.254.169.254]/', 'private address'],
    ['6to4', 'https://[2002:7f00:1::]/', 'private address'],
    ['cloud metadata', 'https://169.254.169.254/latest/meta-data', 'private address'],
    ['cloud metadata, IPv6', 'https://[fd00:ec2::254]/', 'private address'],
    ['full-width digits', 'https://１２７.０.０.１/', 'private address'],
    ['a dot at the end', 'https://127.0.0.1./', 'private address'],
    ['a percent-coded name', 'https://%31%32%37.0.0.1/', 'private address'],
    ['a name of loopback', 'https://localhost/', 'private address'],
    ['a name of loopback with a dot', 'https://localhost./', 'private address'],
    ['a metadata name', 'https://metadata.google.internal/', 'private address'],
    ['an in-cluster name', 'https://kubernetes.default.svc/', 'private address'],
    ['a name in letters of another script', 'https://ⓛocalhost/', 'private address'],
  ])('%s: %s', async (_, address, text) => {
    const asked: string[] = [];
    const resolver: Resolver = async (hostname) => {
      asked.push(hostname);
      return [{ address: hostname.startsWith('metadata') ? '169.254.169.254' : '127.0.0.1', family: 4 }];
    };
    const error = await errorOf(source([], { network: { resolver } }).fetch(address));
    expect(error.code).toBe('refused');
    expect(error.text).toContain(text);
    expect(asked.length).toBeLessThanOrEqual(1);
  });

  test('a redirect to one, which is held against the same rules', async () => {
    const inner = await serveSpec(false);
    const targets = [
      ['http://169.254.169.254/latest/', 'not an https'],
      ['https://169.254.169.254/latest/', 'private address'],
      ['https://user:5ecret@example.org/', 'holds a login'],
      ['file:///etc/passwd', 'not an https'],
      [`http://${inner.host}/x`, 'an address that is not https'],
      [`https://localhost:${inner.port}/x`, 'a port'],
    ];
    for (const [location = '', text] of targets) {
      const server = await serve((_, response) => response.writeHead(302, { location }).end());
      const error = await errorOf(source([server.host, inner.host]).fetch(server.url));
      expect(error.code).toBe('refused');
      expect(error.text).toContain(text);
    }
    expect(inner.seen).toEqual([]);
  });

  test('one private address among public ones is enough', async () => {
    const resolver: Resolver = async () => [
      { address: '203.0.114.1', family: 4 },
      { address: 'fd00::1', family: 6 },
    ];
    const error = await errorOf(source([], { network: { resolver } }).fetch('https://git.example.org/x'));
    expect(error.text).toContain('private address');
  });

  test('a name is looked up once, and what was found is connected to', async () => {
    const server = await serveSpec();
    const answers = ['127.0.0.1', '192.0.2.1'];
    let asked = 0;
    const resolver: Resolver = async () => {
      asked += 1;
      return [{ address: answers[asked - 1] ?? '192.0.2.2', family: 4 }];
    };
    const network = { ca: tls.cert, resolver };
    const address = `https://git.example.org:${server.port}/x`;
    const trusting = source([`git.example.org:${server.port}`], { network });
    expect(await trusting.fetch(address)).toBe(SPEC);
    expect(asked).toBe(1);
    expect(server.seen[0]?.headers.host).toBe(`git.example.org:${server.port}`);
  });

  test('a name that turns private between two fetches is refused then', async () => {
    const answers = ['192.0.2.1', '127.0.0.1'];
    let asked = 0;
    const resolver: Resolver = async () => {
      asked += 1;
      return [{ address: answers[asked - 1] ?? '127.0.0.1', family: 4 }];
    };
    for (let round = 0; round < 3; round += 1) {
      const error = await errorOf(source([], { network: { resolver } }).fetch('https://git.example.org/x'));
      expect(error.text).toContain('private address');
    }
    expect(asked).toBe(3);
  });

  test('a name that does not exist', async () => {
    const resolver: Resolver = async () => [];
    const error = await errorOf(source([], { network: { resolver } }).fetch('https://git.example.org/x'));
    expect(error).toMatchObject({ code: 'fetch-failed', text: expect.stringContaining('ENOTFOUND') });
  });

  test.each([
    ['another port', (host: string) => [host.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`)]],
    ['a longer name', () => ['127.0.0.1.example.org']],
    ['an end of the name', () => ['0.0.1', '']],
    ['a pattern', () => ['*', '127.0.0.*']],
  ])('trust is for the very host: not %s', async (_, trusted) => {
    const server = await serveSpec();
    const error = await errorOf(source(trusted(server.host)).fetch(server.url));
    expect(error.code).toBe('refused');
    expect(server.seen).toEqual([]);
  });
});
