import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LocalServer, localServer } from './local-server.ts';
import type { SelfSigned } from './self-signed.ts';

const OCI = 'application/vnd.oci.image.';
const DOCKER = 'application/vnd.docker.distribution.manifest.';
const MEDIA_TYPES = {
  oci: `${OCI}manifest.v1+json`,
  index: `${OCI}index.v1+json`,
  docker: `${DOCKER}v2+json`,
  'docker-list': `${DOCKER}list.v2+json`,
} as const;
export type ManifestKind = keyof typeof MEDIA_TYPES;

/** What the next request gets instead of its answer. `undefined` lets it pass. */
export type Fault =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  | 'cut'
  | 'hang'
  | undefined;

export interface StandInOptions {
  /** Who may pull; without it, anybody. */
  readonly login?: {
    readonly mode: 'basic' | 'bearer';
    readonly user: string;
    readonly password: string;
    /** With bearer: tokens are also given to those who do not log in. */
    readonly anonymous?: boolean;
    /** Another token service than the registry's own `/token`. */
    readonly realm?: string;
  };
  /** Leaves out Docker-Content-Digest. */
  readonly untold?: boolean;
  /** Answers 405 to HEAD. */
  readonly headless?: boolean;
  readonly tls?: SelfSigned;
}

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface RegistryStandIn extends LocalServer {
  /** Makes an image of the repository, and its tag point to it; the same salt gives the same digest. */
  push(repository: string, tag: string, salt?: string, kind?: ManifestKind): string;
  /** Forgets a tag or a digest, as retention does. */
  remove(repository: string, reference: string): void;
  /** Faults for the next requests, one each. */
  fail(...faults: readonly Fault[]): void;
  /** Tokens given out so far stop working. */
  revoke(): void;
  /** All requests so far. */
  readonly requests: readonly SeenRequest[];
}

interface Manifest {
  readonly type: string;
  readonly body: Buffer;
}

interface State {
  readonly manifests: Map<string, Manifest>;
  readonly tokens: Set<string>;
  readonly options: StandInOptions;
  url: string;
}

/** An OCI registry over real HTTP on loopback, as far as looking up images goes: `host` is its name in references. */
export async function registryStandIn(options: StandInOptions = {}): Promise<RegistryStandIn> {
  const state: State = { manifests: new Map(), tokens: new Set(), options, url: '' };
  const requests: SeenRequest[] = [];
  const faults: Fault[] = [];
  const server = await localServer((request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers });
    const fault = faults.shift();
    if (fault === 'hang') return;
    if (fault === 'cut') request.socket.destroy();
    else if (fault !== undefined) response.writeHead(fault.status, fault.headers).end(fault.body);
    else answer(state, request, response);
  }, options.tls);
  state.url = server.url;
  return {
    ...server,
    requests,
    push(repository, tag, salt = tag, kind = 'oci') {
      const manifest = makeManifest(repository, salt, kind);
      const digest = digestOf(manifest.body);
      for (const reference of [tag, digest]) state.manifests.set(`${repository}@${reference}`, manifest);
      return digest;
    },
    remove: (repository, reference) => state.manifests.delete(`${repository}@${reference}`),
    fail: (...more) => faults.push(...more),
    revoke: () => state.tokens.clear(),
  };
}

function makeManifest(repository: string, salt: string, kind: ManifestKind): Manifest {
  const type = MEDIA_TYPES[kind];
  const layer = { digest: digestOf(Buffer.from(`${repository} ${salt}`)), size: 1 };
  const content = kind === 'index' || kind === 'docker-list' ? { manifests: [layer] } : { layers: [layer] };
  const body = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, ...content }));
  return { type, body };
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

function answer(state: State, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', state.url);
  if (url.pathname === '/token') giveToken(state, request, url, response);
  else if (!mayPull(state, request, url)) challenge(state, url, response);
  else giveManifest(state, request, url, response);
}

function giveManifest(state: State, request: IncomingMessage, url: URL, response: ServerResponse): void {
  const [, repository, reference] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
  const manifest = state.manifests.get(`${repository}@${reference}`);
  if (request.method === 'HEAD' && state.options.headless) response.writeHead(405).end();
  // Real registries answer as if there were nothing when the client does not accept the type.
  else if (manifest === undefined || !request.headers.accept?.includes(manifest.type)) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN' }] }));
  } else {
    const told = state.options.untold ? {} : { 'docker-content-digest': digestOf(manifest.body) };
    response.writeHead(200, { 'content-type': manifest.type, ...told });
    response.end(request.method === 'HEAD' ? undefined : manifest.body);
  }
}

function mayPull({ options: { login }, tokens }: State, request: IncomingMessage, url: URL): boolean {
  if (login === undefined) return true;
  const given = request.headers.authorization ?? '';
  if (login.mode === 'basic') return given === basic(login);
  return tokens.has(`${given.replace('Bearer ', '')} ${scopeOf(url)}`);
}

function challenge({ options: { login }, url: own }: State, url: URL, response: ServerResponse): void {
  const realm = login?.realm ?? `${own}/token`;
  const header =
    login?.mode === 'basic'
      ? 'Basic realm="stand-in"'
      : `Bearer realm="${realm}",service="stand-in",scope="${scopeOf(url)}"`;
  response.writeHead(401, { 'www-authenticate': header }).end();
}

function giveToken(state: State, request: IncomingMessage, url: URL, response: ServerResponse): void {
  const { login } = state.options;
  const { authorization } = request.headers;
  const known = login !== undefined && authorization === basic(login);
  if (!known && !(login?.anonymous && authorization === undefined)) {
    response.writeHead(401).end();
    return;
  }
  const token = `token-${state.tokens.size + 1}`;
  state.tokens.add(`${token} ${url.searchParams.get('scope')}`);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ token, expires_in: 300 }));
}

function scopeOf({ pathname }: URL): string {
  return `repository:${/^\/v2\/(.+)\/manifests\//.exec(pathname)?.[1]}:pull`;
}

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
