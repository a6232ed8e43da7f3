import type { Json } from './json.ts';
import { oncePer } from './once-per.ts';

/** What has been made of a shared value, kept for its next use. */
export interface Kept {
  /** Without what has no value, keys sorted. */
  plain: Json | undefined;
  /** As YAML, by indentation. */
  readonly texts: Map<string, string>;
}

const KEPT = new WeakMap<object, Kept>();

/**
 * Marks a value that stands unchanged in many objects, such as the rules of a firewall that all tools have, and freezes it
 * all through. Most of a fleet's output is made of such values, so each is turned into text once.
 */
export function shared<T extends object>(value: T): T {
  if (KEPT.has(value)) return value;
  freeze(value);
  KEPT.set(value, { plain: undefined, texts: new Map() });
  return value;
}

function freeze(value: object): void {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  Object.freeze(value);
}

/** `undefined` for a value of one object alone. */
export function keptOf(value: object): Kept | undefined {
  return KEPT.get(value);
}

/** A shared value made from another that is one object for many tools, such as the platform's quota: once for each. */
export function sharedBy<Key extends object, Value extends object>(
  make: (key: Key) => Value,
): (key: Key) => Value {
  return oncePer((key) => shared(make(key)));
}
