import {
  type ClientRequest,
  request as http,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { request as https } from 'node:https';
import {
  checkedLookup,
  isPrivateLiteral,
  PRIVATE_ADDRESS,
  type Resolver,
  systemResolver,
} from './resolver.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Longest body that is read; a longer one is a failure. */
  readonly maxBytes: number;
  /** For connecting, asking and reading together; milliseconds. */
  readonly timeout: number;
  /** Whether the host may lie on a private, loopback or link-local address. */
  readonly allowPrivate: boolean;
  readonly network?: Network | undefined;
}

/** How hosts are found and trusted; what is absent is the system's. */
export interface Network {
  readonly resolver?: Resolver;
  /** Certificate authorities (PEM) to trust instead of the built-in ones. */
  readonly ca?: string;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpFailure {
  readonly failure: 'timeout' | 'network' | 'too-large' | 'private-address';
  /** A system's or TLS's error code for messages, `ECONNREFUSED`; never a text from the other side. */
  readonly detail: string;
}

/** One request on a connection of its own: no redirect, no cookie, no proxy. Foreseen failures are answers. */
export async function send(request: HttpRequest): Promise<HttpReply | HttpFailure> {
  const { url, timeout, allowPrivate } = request;
  if (!allowPrivate && isPrivateLiteral(url)) return { failure: 'private-address', detail: PRIVATE_ADDRESS };
  return new Promise((resolve) => {
    const call = start(request);
    const end = (answer: HttpReply | HttpFailure): void => {
      clearTimeout(timer);
      resolve(answer);
      call.destroy();
    };
    const fail = (error: NodeJS.ErrnoException): void => end(failureOf(error));
    const timer = setTimeout(() => end({ failure: 'timeout', detail: `${timeout} ms` }), timeout);
    call.on('error', fail);
    call.on('response', (response) => readBody(response, request.maxBytes, end, fail));
    call.end();
  });
}

function start({ method, url, headers, allowPrivate, network = {} }: HttpRequest): ClientRequest {
  const { resolver = systemResolver, ca } = network;
  const options = { method, headers, agent: false, lookup: checkedLookup(resolver, allowPrivate) } as const;
  return url.protocol === 'https:'
    ? https(url, ca === undefined ? options : { ...options, ca })
    : http(url, options);
}

function readBody(
  response: IncomingMessage,
  maxBytes: number,
  end: (answer: HttpReply | HttpFailure) => void,
  fail: (error: NodeJS.ErrnoException) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) end({ failure: 'too-large', detail: `over ${maxBytes} bytes` });
    else chunks.push(chunk);
  });
  response.on('error', fail);
  response.on('end', () => {
    end({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
  });
}

/** `happy eyeballs` wraps the errors of several addresses in one. */
function failureOf(error: NodeJS.ErrnoException): HttpFailure {
  const [first] = error instanceof AggregateError ? (error.errors as NodeJS.ErrnoException[]) : [error];
  const code = first?.code ?? error.code ?? 'unknown error';
  return { failure: code === PRIVATE_ADDRESS ? 'private-address' : 'network', detail: code };
}
