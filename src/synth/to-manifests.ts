import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json, JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { keptOf, shared } from '../model/shared.ts';

/** An empty chart of its own App: one App for all tools takes more than quadratic time. */
export function newChart(): Chart {
  return new Chart(new App(UNREAD), 'tool', { disableResourceNameHashes: true });
}

/** Said here, since cdk8s else looks them up in the environment for each App. */
const UNREAD = { outdir: '', recordConstructMetadata: false };

/** The objects below a construct, in the order they were made. */
export function toManifests(scope: Construct): readonly Manifest[] {
  const manifests: Manifest[] = [];
  collect(scope, manifests);
  return manifests;
}

function collect(scope: Construct, manifests: Manifest[]): void {
  if (ApiObject.isApiObject(scope)) manifests.push(toManifest(scope));
  else for (const child of scope.node.children) collect(child, manifests);
}

/**
 * What `toJson` of an object of ours answers, in a fifth of the time, which is most of a run's: cdk8s looks at each
 * value with three resolvers and copies each object five times, for lazy values, patches and charts' labels, of which
 * our constructs have none.
 */
function toManifest(object: ApiObject): Manifest {
  // biome-ignore lint/complexity/useLiteralKeys: TypeScript lets only brackets at what is private
  const props: Fields = object['props'];
  const manifest: Record<string, Json> = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: plainMetadata(props.metadata as Fields),
  };
  for (const key of sortedKeys(props)) {
    const value = props[key];
    if (!Object.hasOwn(manifest, key) && !isNothing(value)) manifest[key] = plain(value);
  }
  return manifest as Manifest;
}

type Fields = Readonly<Record<string, unknown>>;

/** No annotations are not written as an empty map. */
function plainMetadata(fields: Fields): JsonObject {
  const map: Record<string, Json> = {};
  for (const key of sortedKeys(fields)) {
    const value = fields[key];
    if (!isNothing(value) && !isEmptyMap(value)) map[key] = plain(value);
  }
  return map;
}

function plain(value: unknown): Json {
  if (typeof value !== 'object' || value === null) return value as Json;
  const kept = keptOf(value);
  if (kept === undefined) return plainCollection(value);
  kept.plain ??= shared(plainCollection(value) as object) as Json;
  return kept.plain;
}

function plainCollection(value: object): Json {
  if (Array.isArray(value)) return value.map(plain);
  // A Quantity or an IntOrString: a number or a text in a class of its own.
  if (Object.getPrototypeOf(value) !== Object.prototype) return (value as { value: Json }).value;
  return plainMap(value as Fields);
}

/** With sorted keys, without those that have no value. */
function plainMap(fields: Fields): JsonObject {
  const map: Record<string, Json> = {};
  for (const key of sortedKeys(fields)) {
    const value = fields[key];
    if (!isNothing(value)) map[key] = plain(value);
  }
  return map;
}

/** Most maps are written in order, and a look is cheaper than a sort. */
function sortedKeys(fields: Fields): readonly string[] {
  const keys = Object.keys(fields);
  for (let at = 1; at < keys.length; at += 1) {
    if ((keys[at - 1] as string) > (keys[at] as string)) return keys.sort();
  }
  return keys;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
