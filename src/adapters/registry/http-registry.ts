import { createHash } from 'node:crypto';
import { GitopsError } from '../../errors.ts';
import { formatImageRef, type ImageRef, isDigest, parseImageRef } from '../../model/image-ref.ts';
import type { Registry } from '../../ports/registry.ts';
import type { HttpReply } from '../http/send.ts';
import { type Challenge, parseChallenge } from './challenge.ts';
import { type ManifestRequest, requestManifest } from './manifest-request.ts';
import { endpointOf, type RegistryOptions } from './options.ts';
import { failed, imageGone } from './registry-errors.ts';
import { basic, fetchToken, notAllowedFor, type Token } from './token.ts';

const PATIENCE = 30_000;
/** Tokens are kept for so many repositories; then all are forgotten, which costs a request each. */
const TOKENS_MAX = 1_000;
/** A token that ends so soon is not used any more; milliseconds. */
const TOKEN_MARGIN = 10_000;

type Lookup = Omit<ManifestRequest, 'method' | 'authorization'>;
type Tokens = Map<string, Token>;

/** Registries over HTTP: the Docker registry, Harbor, and whatever speaks the OCI distribution protocol. */
export function httpRegistry(options: RegistryOptions): Registry {
  const tokens: Tokens = new Map();
  return {
    async resolve(image) {
      const endpoint = endpointOf(image.host, options);
      if (endpoint === undefined || parseImageRef(formatImageRef(image)) === undefined) {
        throw new GitopsError('image-rejected', `${JSON.stringify(formatImageRef(image))} names no image`);
      }
      const deadline = options.clock.now() + (options.patience ?? PATIENCE);
      return lookUp({ image, endpoint, deadline }, options, tokens);
    },
  };
}

async function lookUp(lookup: Lookup, options: RegistryOptions, tokens: Tokens): Promise<string> {
  const { image } = lookup;
  const head = await authorized('HEAD', lookup, options, tokens);
  const told = told256(head);
  // Not every registry answers HEAD, or tells the digest.
  const reply = told === undefined ? await authorized('GET', lookup, options, tokens) : head;
  const digest = told ?? digestOf(reply.body);
  if (image.digest !== undefined && digest !== image.digest) {
    throw failed(image, `${image.host} answered with another digest, ${digest}`);
  }
  return digest;
}

async function authorized(
  method: 'GET' | 'HEAD',
  lookup: Lookup,
  options: RegistryOptions,
  tokens: Tokens,
): Promise<HttpReply> {
  const kept = keptToken(lookup.image, options, tokens);
  const first = await requestManifest({ ...lookup, method, authorization: kept }, options);
  if (first.status !== 401) return checked(first, method, lookup.image, options);
  tokens.delete(keyOf(lookup.image));
  const challenge = parseChallenge(first.headers['www-authenticate']);
  const authorization = await meet(challenge, lookup, options, tokens);
  const second = await requestManifest({ ...lookup, method, authorization }, options);
  return checked(second, method, lookup.image, options);
}

/** What to send for a challenge. */
async function meet(
  challenge: Challenge | undefined,
  lookup: Lookup,
  options: RegistryOptions,
  tokens: Tokens,
): Promise<string> {
  const { image } = lookup;
  if (challenge === undefined) throw failed(image, `${image.host} wants a login of an unknown kind`);
  if (challenge.scheme === 'basic') {
    const login = options.credentials.of(image.host);
    if (login === undefined) throw notAllowedFor(image, options);
    return basic(login);
  }
  const token = await fetchToken({ ...lookup, challenge }, options);
  if (tokens.size >= TOKENS_MAX) tokens.clear();
  tokens.set(keyOf(image), token);
  return `Bearer ${token.value}`;
}

function keptToken(image: ImageRef, { clock }: RegistryOptions, tokens: Tokens): string | undefined {
  const token = tokens.get(keyOf(image));
  return token !== undefined && token.expires - TOKEN_MARGIN > clock.now()
    ? `Bearer ${token.value}`
    : undefined;
}

function keyOf({ host, repository }: ImageRef): string {
  return `${host}/${repository}`;
}

function checked(
  reply: HttpReply,
  method: 'GET' | 'HEAD',
  image: ImageRef,
  options: RegistryOptions,
): HttpReply {
  const { status } = reply;
  if (status === 200 || (status === 405 && method === 'HEAD')) return reply;
  if (status === 404) throw imageGone(image);
  if (status === 401 || status === 403) throw notAllowedFor(image, options);
  throw failed(image, `${image.host} answered ${status}`);
}

function told256({ status, headers }: HttpReply): string | undefined {
  const told = headers['docker-content-digest'];
  return status === 200 && typeof told === 'string' && isDigest(told) ? told : undefined;
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
