import { createHash } from 'node:crypto';
import type { ManifestKind } from './registry-stand-in.ts';

const OCI = 'application/vnd.oci.image.';
const DOCKER = 'application/vnd.docker.';
const TYPES = {
  oci: [`${OCI}manifest.v1+json`, `${OCI}config.v1+json`],
  docker: [`${DOCKER}distribution.manifest.v2+json`, `${DOCKER}container.image.v1+json`],
} as const;

export interface Push {
  /** `http://HOST:PORT` of a real registry. */
  readonly url: string;
  readonly login?: { readonly user: string; readonly password: string };
  readonly repository: string;
  readonly tag: string;
  /** The same salt gives the same digest. */
  readonly salt: string;
  readonly kind?: Exclude<ManifestKind, 'docker-list'>;
}

/** Pushes an image without layers to a real registry; answers its digest. */
export async function pushImage(push: Push): Promise<string> {
  const { kind = 'oci', tag } = push;
  if (kind !== 'index') return putManifest(push, tag, ...(await manifestOf(push, kind)));
  const [type, manifest] = await manifestOf(push, 'oci');
  const digest = await putManifest(push, digestOf(manifest), type, manifest);
  const platform = { os: 'linux', architecture: 'amd64' };
  const manifests = [{ mediaType: type, digest, size: manifest.length, platform }];
  const index = { schemaVersion: 2, mediaType: `${OCI}index.v1+json`, manifests };
  return putManifest(push, tag, index.mediaType, JSON.stringify(index));
}

async function manifestOf(push: Push, kind: keyof typeof TYPES): Promise<[string, string]> {
  const [mediaType, configType] = TYPES[kind];
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    config: { Labels: { salt: push.salt } },
  });
  await putBlob(push, config);
  const descriptor = { mediaType: configType, digest: digestOf(config), size: config.length };
  return [mediaType, JSON.stringify({ schemaVersion: 2, mediaType, config: descriptor, layers: [] })];
}

async function putBlob(push: Push, text: string): Promise<void> {
  const begun = await call(push, 'POST', `${push.url}/v2/${push.repository}/blobs/uploads/`);
  const target = new URL(begun.headers.get('location') ?? '', push.url);
  target.searchParams.set('digest', digestOf(text));
  await call(push, 'PUT', target.href, { type: 'application/octet-stream', text });
}

async function putManifest(push: Push, reference: string, type: string, text: string): Promise<string> {
  await call(push, 'PUT', `${push.url}/v2/${push.repository}/manifests/${reference}`, { type, text });
  return digestOf(text);
}

async function call(
  { login }: Push,
  method: string,
  url: string,
  body?: { readonly type: string; readonly text: string },
): Promise<Response> {
  const headers = new Headers();
  if (body !== undefined) headers.set('content-type', body.type);
  if (login !== undefined) headers.set('authorization', `Basic ${btoa(`${login.user}:${login.password}`)}`);
  const reply = await fetch(url, { method, headers, body: body?.text ?? null });
  if (!reply.ok) throw new Error(`${method} ${url}: ${reply.status} ${await reply.text()}`);
  return reply;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
