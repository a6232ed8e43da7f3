import * as z from 'zod';
import type { GitopsError } from '../../errors.ts';
import type { ImageRef } from '../../model/image-ref.ts';
import { withRetry } from '../http/retry.ts';
import { type HttpFailure, type HttpReply, send } from '../http/send.ts';
import type { Challenge } from './challenge.ts';
import type { Credential } from './credentials.ts';
import type { Endpoint, RegistryOptions } from './options.ts';
import { failed, notAllowed, refused, unreachable } from './registry-errors.ts';

/** Written into a header, so nothing that ends one. */
const token = z.string().regex(/^[\x21-\x7e]{1,16384}$/);
const tokenReply = z.object({
  token: token.optional(),
  access_token: token.optional(),
  expires_in: z.number().positive().optional(),
});

/** What the registries' own client takes when the answer does not say. */
const LIFE = 60;
const REPLY_MAX = 64 * 1024;

export interface Token {
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export interface TokenRequest {
  readonly image: ImageRef;
  readonly endpoint: Endpoint;
  readonly challenge: Extract<Challenge, { scheme: 'bearer' }>;
  readonly deadline: number;
}

/** Gets a token to pull one repository from the service that the registry names, with the registry's login if there is one. */
export async function fetchToken(request: TokenRequest, options: RegistryOptions): Promise<Token> {
  const { image, endpoint, deadline } = request;
  const { clock, credentials, timeout = 10_000, network } = options;
  const url = tokenUrl(request);
  const login = credentials.of(image.host);
  const headers = { accept: 'application/json', ...(login && { authorization: basic(login) }) };
  const allowPrivate = endpoint.mayBePrivate(url);
  const sendOnce = () =>
    send({ method: 'GET', url, headers, maxBytes: REPLY_MAX, timeout, allowPrivate, network });
  const reply = await withRetry(sendOnce, { clock, tries: 4, deadline });
  return readToken(reply, url, { image, clock, refused: () => notAllowedFor(image, options) });
}

export function basic({ user, password }: Credential): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

export function notAllowedFor(image: ImageRef, { credentials }: RegistryOptions): GitopsError {
  return notAllowed(image, credentials.of(image.host) === undefined, credentials.usesHelper(image.host));
}

/** A login is sent there: so never in the clear, unless the registry itself is spoken to so. */
function tokenUrl({ image, endpoint, challenge }: TokenRequest): URL {
  if (!URL.canParse(challenge.realm))
    throw failed(image, `${image.host} names a token service that is no URL`);
  const url = new URL(challenge.realm);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && endpoint.insecure);
  if (!secure) throw refused(image, url, 'would get the login over an insecure connection');
  if (url.username !== '' || url.password !== '') throw refused(image, url, 'has a login in its address');
  if (challenge.service !== undefined) url.searchParams.set('service', challenge.service);
  url.searchParams.set('scope', `repository:${image.repository}:pull`);
  url.hash = '';
  return url;
}

interface Reading {
  readonly image: ImageRef;
  readonly clock: RegistryOptions['clock'];
  refused(): GitopsError;
}

function readToken(reply: HttpReply | HttpFailure, url: URL, { image, clock, refused }: Reading): Token {
  if ('failure' in reply) throw unreachable(image, url, reply);
  if (reply.status === 401 || reply.status === 403) throw refused();
  if (reply.status !== 200) throw failed(image, `${url.host} answered ${reply.status} for a token`);
  const read = tokenReply.safeParse(parseJson(reply.body));
  const value = read.data?.token ?? read.data?.access_token;
  if (value === undefined) throw failed(image, `${url.host} answered without a token`);
  return { value, expires: clock.now() + (read.data?.expires_in ?? LIFE) * 1000 };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
