/** Image references: `host[:port]/repository[:tag][@digest]`. */

export interface ImageRef {
  /** Registry host with its port, as written: `registry.example.org`, `127.0.0.1:5000`. */
  readonly host: string;
  /** Path within the registry, without the host: `tool-hello/web`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest?: string;
}

/** A reference is at most 255 characters up to its tag; with a digest it may be longer. */
const MAX_LENGTH = 512;
const HOST =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?$/i;
const SEGMENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** What was read last: the checks of a component ask for the same reference one after another. */
let last: { readonly text: string; readonly ref: ImageRef | undefined } | undefined;

/** Reads a reference; `undefined` when it is not one. A reference without a host has Docker Hub's, `docker.io`. */
export function parseImageRef(text: string): ImageRef | undefined {
  if (last?.text !== text) last = { text, ref: readRef(text) };
  return last.ref;
}

function readRef(text: string): ImageRef | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [named, digest, ...more] = text.split('@');
  if (named === undefined || more.length > 0) return undefined;
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  const [name, tag] = splitTag(named);
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const { host, repository } = splitHost(name);
  if (!HOST.test(host) || !repository.split('/').every((segment) => SEGMENT.test(segment))) return undefined;
  return { host, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

export function formatImageRef({ host, repository, tag, digest }: ImageRef): string {
  return `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

function splitTag(named: string): [string, string | undefined] {
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/')
    ? [named.slice(0, colon), named.slice(colon + 1)]
    : [named, undefined];
}

/** The first segment is a host when it has a dot or a port or is `localhost`, as Docker reads it. */
function splitHost(name: string): { host: string; repository: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (/[.:]/.test(first) || first === 'localhost') return { host: first, repository: name.slice(slash + 1) };
  return { host: 'docker.io', repository: slash < 0 ? `library/${name}` : name };
}

/** Whether two references name the same bytes: by repository and digest, whatever tag stands between. */
export function sameImage(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseImageRef(a), parseImageRef(b)];
  if (one?.digest === undefined || one.digest !== other?.digest) return false;
  return one.host === other.host && one.repository === other.repository;
}
