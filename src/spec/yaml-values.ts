import type { Json, JsonObject } from '../model/json.ts';
import type { SpecPath } from './diagnostic.ts';
import { pathOf, type Way } from './way.ts';
import { quoted } from './words.ts';
import { DEPTH_MAX } from './yaml-compose.ts';
import type { MapNode, PairNode, YamlNode } from './yaml-node.ts';
import type { Problem } from './yaml-problem.ts';

/** Values that aliases may add in all; real files reuse a few dozen. */
const EXPANDED_MAX = 20_000;

/** A fault met while making values, with the place in the document. */
export interface ValueProblem extends Problem {
  readonly path: SpecPath;
  readonly severity: 'error' | 'warning';
  /** Of a duplicate key: where the key stands first. */
  readonly firstAt?: number;
}

export interface Values {
  readonly value: Json;
  readonly problems: readonly ValueProblem[];
}

/** Values of a document: aliases expanded within limits, merge keys applied, keys made text. */
export function valuesOf(root: YamlNode): Values {
  const maker = new ValueMaker();
  const { value } = maker.make(root, undefined, 0);
  return { value, problems: maker.problems };
}

interface Made {
  readonly value: Json;
  /** Values in it, itself included, as if every alias were written out. */
  readonly size: number;
  /** Levels below it. */
  readonly depth: number;
}

const NOTHING: Made = { value: null, size: 1, depth: 0 };

class ValueMaker {
  readonly problems: ValueProblem[] = [];
  /** Only anchored values are looked up again, but all are cheap to keep. */
  readonly #made = new Map<YamlNode, Made>();
  #expanded = 0;

  make(node: YamlNode, way: Way | undefined, level: number): Made {
    if (node.kind === 'scalar') return { value: node.value, size: 1, depth: 0 };
    if (node.kind === 'alias') return this.#alias(node, node.target, way, level);
    const made = node.kind === 'map' ? this.#map(node, way, level) : this.#list(node, way, level);
    this.#made.set(node, made);
    return made;
  }

  #list(node: YamlNode & { kind: 'list' }, way: Way | undefined, level: number): Made {
    const items = node.items.map((item, index) => this.make(item, { up: way, step: index }, level + 1));
    return together(
      items.map(({ value }) => value),
      items,
    );
  }

  #alias(node: YamlNode, target: YamlNode | undefined, way: Way | undefined, level: number): Made {
    if (target === undefined) return NOTHING;
    const made = this.#made.get(target) ?? this.make(target, way, level);
    this.#expanded += made.size;
    if (this.#expanded > EXPANDED_MAX || level + made.depth > DEPTH_MAX) {
      if (!this.problems.some(({ code }) => code === 'TFG004')) {
        const message = `aliases expand to more than ${EXPANDED_MAX} values or ${DEPTH_MAX} levels`;
        this.#report(node, way, { code: 'TFG004', message, suggestion: 'write the values out' });
      }
      return NOTHING;
    }
    return made;
  }

  #map(node: MapNode, way: Way | undefined, level: number): Made {
    const value: Record<string, Json> = {};
    const parts: Made[] = [];
    const seen = new Map<string, PairNode>();
    for (const pair of node.pairs) if (isMerge(pair)) parts.push(this.#merge(pair.value, value, way, level));
    for (const pair of node.pairs) {
      if (isMerge(pair)) continue;
      const key = this.#key(pair, way);
      if (key === undefined) continue;
      const part = this.make(pair.value, { up: way, step: key }, level + 1);
      parts.push(part);
      if (seen.has(key)) this.#duplicate(pair, seen.get(key), { up: way, step: key });
      else setOwn(value, key, part.value);
      if (!seen.has(key)) seen.set(key, pair);
    }
    return together(value, parts);
  }

  #merge(source: YamlNode, into: Record<string, Json>, way: Way | undefined, level: number): Made {
    const made = this.make(source, way, level + 1);
    const maps = Array.isArray(made.value) ? [...made.value].reverse() : [made.value];
    for (const map of maps) {
      if (!isPlainMap(map)) {
        const message = 'a merge key `<<` takes a map, an alias of one, or a list of them';
        this.#report(source, way, { code: 'TFG013', message });
        break;
      }
      for (const key of Object.keys(map)) setOwn(into, key, map[key] ?? null);
    }
    return made;
  }

  #key({ key }: PairNode, way: Way | undefined): string | undefined {
    const scalar = key.kind === 'alias' ? key.target : key;
    if (scalar?.kind !== 'scalar') {
      this.#report(key, way, { code: 'TFG010', message: 'a key must be text, not a list or map' });
      return undefined;
    }
    if (typeof scalar.value !== 'string') {
      const what = scalar.value === null ? 'null' : `a ${typeof scalar.value}`;
      const message = `YAML reads the key ${quoted(scalar.text)} as ${what}, not as text`;
      const suggestion =
        scalar.text.length > 20 ? 'write it in quotes' : `write it in quotes: "${scalar.text}"`;
      this.#report(key, { up: way, step: scalar.text }, { code: 'TFG009', message, suggestion }, 'warning');
    }
    return scalar.text;
  }

  #duplicate({ key }: PairNode, first: PairNode | undefined, way: Way | undefined) {
    const at = first?.key.start ?? 0;
    this.problems.push({
      code: 'TFG003',
      start: key.start,
      end: key.end,
      path: pathOf(way),
      severity: 'error',
      message: `the key ${quoted(String(way?.step))} is already set in this map`,
      suggestion: 'remove one of the two',
      firstAt: at,
    });
  }

  #report(
    { start, end }: YamlNode,
    way: Way | undefined,
    problem: Pick<Problem, 'code' | 'message' | 'suggestion'>,
    severity: 'error' | 'warning' = 'error',
  ) {
    this.problems.push({ ...problem, start, end, path: pathOf(way), severity });
  }
}

function together(value: Json, parts: readonly Made[]): Made {
  let size = 1;
  let depth = 0;
  for (const part of parts) {
    size += part.size;
    depth = Math.max(depth, part.depth);
  }
  return { value, size, depth: depth + 1 };
}

export function isMerge({ key }: PairNode): boolean {
  return key.kind === 'scalar' && key.merge;
}

function isPlainMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `__proto__` becomes a property like any other. */
function setOwn(map: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') map[key] = value;
  else Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
