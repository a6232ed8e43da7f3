import type { Json, JsonObject } from '../model/json.ts';

/** A map with its place in the object. */
export interface Placed {
  readonly value: JsonObject;
  readonly field: string;
}

const NOTHING: JsonObject = {};
const NONE: readonly Json[] = [];

/** A value as a map; an empty one when it is none. */
export function mapOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !isList(value) ? value : NOTHING;
}

/** A value as a list; an empty one when it is none. */
export function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : NONE;
}

/** Looks at each item of a list with its index; at nothing when the value is none. */
export function each(value: Json | undefined, look: (item: Json, index: number) => void): void {
  if (value === undefined || !isList(value)) return;
  for (let index = 0; index < value.length; index += 1) look(value[index] as Json, index);
}

/** Absent, as `null` is too for Kubernetes. */
export function isAbsent(value: Json | undefined): value is undefined | null {
  return value === undefined || value === null;
}

/** How a value of Kubernetes' own fields reads in a message. */
export function shown(value: Json | undefined): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
