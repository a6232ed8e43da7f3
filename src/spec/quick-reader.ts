import type * as z from 'zod';
import { isMap, type Json, type JsonObject } from '../model/json.ts';
import { oncePer } from '../model/once-per.ts';
import { definitionOf, type SchemaDefinition } from './schema-definition.ts';

/** Stands for: let the schema itself look at it. */
export const UNSURE = Symbol('unsure');

/** What a schema makes of a value. */
export type QuickRead = (value: Json | undefined) => unknown;

/**
 * Reads plain values as `schema` does, in a fifth of the time, as long as there is no mistake and no key that the schema
 * does not know; else, and for kinds of schema that it does not know itself, it answers `UNSURE`. Nearly every file is
 * without mistakes, and of the others only the schema can tell what is wrong. A property test holds the two together.
 */
export const quickReader = oncePer((schema: z.core.$ZodType): QuickRead => {
  const definition = definitionOf(schema);
  const { type, shape, catchall, valueType, innerType, element, checks = [] } = definition;
  if (type === 'array' && element !== undefined) return list(quickReader(element), checks);
  if (checks.length > 0) return unsure;
  if (type === 'unknown') return (value) => value;
  if (type === 'object' && shape !== undefined && catchall === undefined) return object(shape);
  if (type === 'record' && valueType !== undefined && isAnyText(definition.keyType)) {
    return record(quickReader(valueType));
  }
  if (type === 'optional' && innerType !== undefined) return unless(undefined, quickReader(innerType));
  if (type === 'nullable' && innerType !== undefined) return unless(null, quickReader(innerType));
  return type === 'pipe' ? pipe(definition) : unsure;
});

function unsure(): typeof UNSURE {
  return UNSURE;
}

function unless(nothing: undefined | null, read: QuickRead): QuickRead {
  return (value) => (value === nothing ? nothing : read(value));
}

function isAnyText(schema: z.core.$ZodType | undefined): boolean {
  if (schema === undefined) return false;
  const { type, checks = [] } = definitionOf(schema);
  return type === 'string' && checks.length === 0;
}

function object(shape: NonNullable<SchemaDefinition['shape']>): QuickRead {
  const fields = Object.entries(shape).map(([key, schema]) => {
    const read = quickReader(schema);
    return { key, read, mayLack: read(undefined) === undefined };
  });
  return (value) => {
    if (!isMap(value) || !hasOnly(value, shape)) return UNSURE;
    const result: Record<string, unknown> = {};
    for (const { key, read, mayLack } of fields) {
      const written = Object.hasOwn(value, key) ? value[key] : undefined;
      if (written === undefined && mayLack) continue;
      const known = read(written);
      if (known === UNSURE) return UNSURE;
      result[key] = known;
    }
    return result;
  };
}

function hasOnly(value: JsonObject, keys: object): boolean {
  for (const key of Object.keys(value)) if (!Object.hasOwn(keys, key)) return false;
  return true;
}

function record(read: QuickRead): QuickRead {
  return (value) => {
    if (!isMap(value)) return UNSURE;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const known = key === '__proto__' ? UNSURE : read(value[key]);
      if (known === UNSURE) return UNSURE;
      result[key] = known;
    }
    return result;
  };
}

function list(read: QuickRead, checks: NonNullable<SchemaDefinition['checks']>): QuickRead {
  let most = Number.POSITIVE_INFINITY;
  for (const check of checks) {
    const definition = check._zod.def as { readonly check: string; readonly maximum?: number };
    if (definition.check !== 'max_length' || definition.maximum === undefined) return unsure;
    most = Math.min(most, definition.maximum);
  }
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return UNSURE;
    const items = value.map((item: Json) => read(item));
    return items.includes(UNSURE) ? UNSURE : items;
  };
}

/** A value that is read and then turned into another, which may find a mistake in it. */
function pipe({ in: first, out }: SchemaDefinition): QuickRead {
  const turn = out === undefined ? undefined : definitionOf(out).transform;
  if (first === undefined || turn === undefined) return unsure;
  const read = quickReader(first);
  return (value) => {
    const known = read(value);
    if (known === UNSURE) return UNSURE;
    const context = new Mistakes(known);
    const result = turn(known, context);
    return context.found ? UNSURE : result;
  };
}

/** Where a transform says that something is wrong; what it is, nobody asks. */
class Mistakes implements z.core.$RefinementCtx {
  readonly value: unknown;
  readonly issues = [];
  found = false;

  constructor(value: unknown) {
    this.value = value;
  }

  addIssue(): void {
    this.found = true;
  }
}
