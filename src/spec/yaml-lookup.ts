import type { SpecPath } from './diagnostic.ts';
import type { MapNode, PairNode, YamlNode } from './yaml-node.ts';
import { isMerge } from './yaml-values.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** The node at a path, aliases and merge keys followed; `undefined` when there is none. */
export function nodeAt(root: YamlNode | undefined, path: SpecPath): YamlNode | undefined {
  let node = follow(root);
  for (const step of path) {
    if (node === undefined) return undefined;
    node = follow(child(node, step)?.value);
  }
  return node;
}

/**
 * Where a value or its key stands; when there is none, the key of the nearest enclosing value. A map or list that is
 * spread over lines is shown by its key too.
 */
export function placeOf(root: YamlNode | undefined, path: SpecPath, what: 'key' | 'value'): Place {
  let node = follow(root);
  let key: YamlNode | undefined;
  for (const step of path) {
    const next = node === undefined ? undefined : child(node, step);
    if (next === undefined) return key ?? { start: 0, end: 0 };
    key = next.key ?? headOf(next.value);
    node = follow(next.value);
  }
  if (key === undefined) return { start: 0, end: 0 };
  return what === 'key' || node === undefined || isSpread(node) || node.start === node.end ? key : node;
}

/** Of a map or list that is spread over lines its beginning. */
function headOf(node: YamlNode): YamlNode {
  if (!isSpread(node)) return node;
  const first = node.kind === 'map' ? node.pairs[0]?.key : node.kind === 'list' ? node.items[0] : undefined;
  return first === undefined ? node : headOf(first);
}

function isSpread(node: YamlNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && !node.flow;
}

function follow(node: YamlNode | undefined): YamlNode | undefined {
  let at = node;
  while (at?.kind === 'alias') at = at.target;
  return at;
}

interface Child {
  readonly key?: YamlNode;
  readonly value: YamlNode;
}

function child(node: YamlNode, step: string | number): Child | undefined {
  if (node.kind === 'list') {
    const value = node.items[Number(step)];
    return value === undefined ? undefined : { value };
  }
  return node.kind === 'map' ? pairOf(node, String(step)) : undefined;
}

/** A map's own key before a merged one; of merged maps as PyYAML ranks them. */
function pairOf(map: MapNode, name: string): PairNode | undefined {
  const own = map.pairs.find((pair) => !isMerge(pair) && keyText(pair) === name);
  if (own !== undefined) return own;
  for (const pair of map.pairs.filter(isMerge).reverse()) {
    const source = follow(pair.value);
    const maps = source?.kind === 'list' ? source.items : [source];
    for (const each of maps) {
      const merged = follow(each);
      const found = merged?.kind === 'map' ? pairOf(merged, name) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function keyText({ key }: PairNode): string | undefined {
  const scalar = follow(key);
  return scalar?.kind === 'scalar' ? scalar.text : undefined;
}
