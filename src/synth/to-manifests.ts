import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json, JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';

/** An empty chart of its own App: one App for all tools takes more than quadratic time. */
export function newChart(): Chart {
  return new Chart(new App(), 'tool', { disableResourceNameHashes: true });
}

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
  const { apiVersion, kind, metadata, ...rest } = object['props'];
  return {
    apiVersion,
    kind,
    metadata: plainMap(withoutEmpty(metadata ?? {})) as Manifest['metadata'],
    ...plainMap(rest),
  };
}

/** No annotations are not written as an empty map. */
function withoutEmpty(metadata: object): Fields {
  return Object.fromEntries(
    Object.entries(metadata).filter(
      ([, value]) => typeof value !== 'object' || Object.keys(value).length > 0,
    ),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function plain(value: unknown): Json {
  if (typeof value !== 'object' || value === null) return value as Json;
  if (Array.isArray(value)) return value.map(plain);
  // A Quantity or an IntOrString: a number or a text in a class of its own.
  if (Object.getPrototypeOf(value) !== Object.prototype) return (value as { value: Json }).value;
  return plainMap(value as Fields);
}

/** With sorted keys, without those that have no value. */
function plainMap(fields: Fields): JsonObject {
  const map: Record<string, Json> = {};
  for (const key of Object.keys(fields).sort()) {
    const value = fields[key];
    if (value !== undefined && value !== null) map[key] = plain(value);
  }
  return map;
}
