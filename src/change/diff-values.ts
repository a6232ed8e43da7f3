import { HIDDEN, HIDDEN_CHANGE } from '../model/diff.ts';
import { isMap, type Json, type JsonObject } from '../model/json.ts';

/** A value that differs, at its path within an object. */
export interface ValueChange {
  readonly field: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** Keys below which values may be secrets, wherever they stand. */
const SECRET_KEYS: ReadonlySet<string> = new Set(['env', 'stringData']);

/** The fields in which two objects differ. Values of environment variables, and of Secrets, are hidden. */
export function diffValues(from: JsonObject, to: JsonObject): readonly ValueChange[] {
  const isSecret = from.kind === 'Secret' || to.kind === 'Secret';
  return [
    ...compare(from, to, {
      path: '',
      secretKeys: isSecret ? new Set([...SECRET_KEYS, 'data']) : SECRET_KEYS,
    }),
  ];
}

interface Place {
  readonly path: string;
  readonly secretKeys: ReadonlySet<string>;
}

function* compare(from: Json | undefined, to: Json | undefined, place: Place): Generator<ValueChange> {
  const { path, secretKeys } = place;
  if (isMap(from) && isMap(to)) {
    for (const key of unionOf(Object.keys(from), Object.keys(to))) {
      const inner = { path: keyPath(path, key), secretKeys };
      const [one, other] = [own(from, key), own(to, key)];
      yield* secretKeys.has(key) ? compareSecrets(one, other, inner.path) : compare(one, other, inner);
    }
  } else if (Array.isArray(from) && Array.isArray(to)) {
    yield* compareLists(from, to, place);
  } else if (!isEqual(from, to)) {
    yield { field: path, from: redacted(from, secretKeys), to: redacted(to, secretKeys) };
  }
}

/** Lists of maps with a name each are matched by it, others by position. */
function* compareLists(from: readonly Json[], to: readonly Json[], place: Place): Generator<ValueChange> {
  const [one, other] = [namedItems(from), namedItems(to)];
  if (one === undefined || other === undefined) {
    for (let index = 0; index < Math.max(from.length, to.length); index += 1) {
      yield* compare(from[index], to[index], { ...place, path: `${place.path}[${index}]` });
    }
    return;
  }
  const [before, after] = [[...one.keys()], [...other.keys()]];
  for (const name of unionOf(before, after)) {
    yield* compare(one.get(name), other.get(name), { ...place, path: `${place.path}[${name}]` });
  }
  yield* reordered(before, after, place.path);
}

/** Tells of each entry that it was set, changed or removed, and no more. */
function* compareSecrets(from: Json | undefined, to: Json | undefined, path: string): Generator<ValueChange> {
  if (isEqual(from, to)) return;
  const [one, other] = [secretEntries(from), secretEntries(to)];
  if (one === undefined || other === undefined || one.size + other.size === 0) {
    yield { field: path, ...hiddenChange(from, to) };
    return;
  }
  for (const name of unionOf([...one.keys()], [...other.keys()])) {
    const [before, after] = [one.get(name), other.get(name)];
    if (!isEqual(before, after)) yield { field: `${path}[${name}]`, ...hiddenChange(before, after) };
  }
  if (Array.isArray(from)) yield* reordered([...one.keys()], [...other.keys()], path);
}

/** The same names in another order: for env, later entries may build on earlier ones. */
function* reordered(
  before: readonly string[],
  after: readonly string[],
  path: string,
): Generator<ValueChange> {
  if (isEqual(before, after) || !isEqual([...before].sort(), [...after].sort())) return;
  yield { field: `${path}[]`, from: before.join(', '), to: after.join(', ') };
}

function secretEntries(value: Json | undefined): ReadonlyMap<string, Json | undefined> | undefined {
  if (value === undefined) return new Map();
  if (Array.isArray(value)) return namedItems(value);
  return isMap(value) ? new Map(Object.entries(value)) : undefined;
}

function hiddenChange(from: Json | undefined, to: Json | undefined): Omit<ValueChange, 'field'> {
  if (from === undefined) return { from, to: HIDDEN };
  return { from: HIDDEN, to: to === undefined ? undefined : HIDDEN_CHANGE };
}

/** A value added or removed as a whole, with what may be a secret in it hidden. */
function redacted(value: Json | undefined, secretKeys: ReadonlySet<string>): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => redacted(item, secretKeys) as Json);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secretKeys.has(key) ? HIDDEN : redacted(inner, secretKeys),
    ]),
  );
}

/** `undefined` unless every item is a map with a name of its own. */
function namedItems(list: readonly Json[]): ReadonlyMap<string, JsonObject> | undefined {
  const items = new Map<string, JsonObject>();
  for (const item of list) {
    if (!isMap(item) || typeof item.name !== 'string' || items.has(item.name)) return undefined;
    items.set(item.name, item);
  }
  return items;
}

/** `a.b`, or `a[b.c/d]` for a key that is no plain word. */
function keyPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${key}]`;
  return path === '' ? key : `${path}.${key}`;
}

function unionOf(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  return unionOf(Object.keys(a), Object.keys(b)).every((key) => isEqual(own(a, key), own(b, key)));
}
