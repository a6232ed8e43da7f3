import { isMap, type Json, type JsonObject } from '../model/json.ts';
import type { SpecPath } from './diagnostic.ts';

/** The value at a path; only own properties count. */
export function valueAt(root: Json | undefined, path: SpecPath): Json | undefined {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, Json>>)[step];
  }
  return value;
}

export function mapAt(root: Json | undefined, path: SpecPath): JsonObject | undefined {
  const value = valueAt(root, path);
  return isMap(value) ? value : undefined;
}

/** A key that is there and not null, which would be the same as absent. */
export function isSet(map: JsonObject, key: string): boolean {
  return Object.hasOwn(map, key) && map[key] !== null;
}
