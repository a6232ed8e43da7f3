import type { ImageRef } from '../../model/image-ref.ts';
import { withRetry } from '../http/retry.ts';
import { type HttpReply, send } from '../http/send.ts';
import type { Endpoint, RegistryOptions } from './options.ts';
import { failed, refused, unreachable } from './registry-errors.ts';

const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
/** Registries themselves take manifests of up to 4 MiB. */
const MANIFEST_MAX = 4 * 2 ** 20;
const REDIRECTS_MAX = 3;

export interface ManifestRequest {
  readonly image: ImageRef;
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'HEAD';
  readonly authorization: string | undefined;
  readonly deadline: number;
}

/** Asks for a manifest, with retries and redirects; the login goes to the registry's own origin alone. */
export async function requestManifest(
  request: ManifestRequest,
  options: RegistryOptions,
): Promise<HttpReply> {
  const { image, endpoint } = request;
  const reference = image.digest ?? image.tag ?? 'latest';
  let url = new URL(`${image.repository}/manifests/${reference}`, endpoint.base);
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
    const reply = await ask(url, request, options);
    const { location } = reply.headers;
    if (reply.status < 300 || reply.status >= 400 || location === undefined) return reply;
    url = redirected(location, url, request);
  }
  throw failed(image, `${image.host} redirects more than ${REDIRECTS_MAX} times`);
}

async function ask(
  url: URL,
  { image, endpoint, method, authorization, deadline }: ManifestRequest,
  { clock, timeout = 10_000, network }: RegistryOptions,
): Promise<HttpReply> {
  const own = url.origin === endpoint.base.origin && authorization !== undefined;
  const headers = { accept: ACCEPT, ...(own && { authorization }) };
  const allowPrivate = endpoint.mayBePrivate(url);
  const sendOnce = () =>
    send({ method, url, headers, maxBytes: MANIFEST_MAX, timeout, allowPrivate, network });
  const reply = await withRetry(sendOnce, { clock, tries: 4, deadline });
  if ('failure' in reply) throw unreachable(image, url, reply);
  return reply;
}

function redirected(location: string, from: URL, { image, endpoint }: ManifestRequest): URL {
  if (!URL.canParse(location, from.href)) throw failed(image, `${from.host} redirects to what is no URL`);
  const url = new URL(location, from);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && endpoint.insecure);
  if (!secure || url.username !== '' || url.password !== '') {
    throw refused(image, url, 'is not asked: its address is not plain https');
  }
  return url;
}
