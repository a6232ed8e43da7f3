import { credentialsIn } from './credentials.ts';
import type { KeyTree } from './key-tree.ts';
import { composeYaml } from './yaml-compose.ts';
import type { MapNode, PairNode, YamlNode } from './yaml-node.ts';

/** Offsets of a key or value; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly shown: boolean;
}

/**
 * Which stretches of a file an excerpt may show: keys, and the values of fields that the format knows. All else may be a
 * secret: values of environment variables and of unknown keys, comments, and text that spans lines, which in a broken
 * file may be anything.
 */
export function stretchesOf(text: string, tree: KeyTree): readonly Stretch[] {
  const { root, problems } = composeYaml(text);
  const found: Stretch[] = [];
  if (root !== undefined) new Collector(text, problems.length > 0, found).visit(root, tree);
  return found;
}

class Collector {
  readonly #text: string;
  readonly #broken: boolean;
  readonly #found: Stretch[];

  constructor(text: string, broken: boolean, found: Stretch[]) {
    this.#text = text;
    this.#broken = broken;
    this.#found = found;
  }

  visit(node: YamlNode, tree: KeyTree | undefined): void {
    if (node.kind === 'map' && (tree?.kind === 'object' || tree?.kind === 'record')) this.#map(node, tree);
    else if (node.kind === 'list' && tree?.kind === 'list') {
      for (const item of node.items) this.visit(item, tree.each);
    } else if (node.kind === 'scalar' && tree?.kind === 'leaf' && !tree.secret) this.#value(node);
    else this.#add(node.start, node.end, false);
  }

  #map(map: MapNode, tree: KeyTree & { kind: 'object' | 'record' }): void {
    for (const pair of map.pairs) {
      const name = pair.key.kind === 'scalar' ? pair.key.text : '';
      const known = tree.kind === 'object' ? tree.keys.get(name) : tree.each;
      this.#add(pair.key.start, pair.key.end, this.#isKey(pair, known));
      this.visit(pair.value, known);
    }
  }

  /** In a broken file a line of a value may pass for a key: then only what looks like one and is known is shown. */
  #isKey({ key }: PairNode, known: KeyTree | undefined): boolean {
    if (key.kind !== 'scalar' || this.#spansLines(key)) return false;
    if (!this.#broken) return true;
    if (known === undefined || (known.kind === 'leaf' && known.secret)) return false;
    const colon = /^['"]?\s*:(?:\s|$)/.test(this.#text.slice(key.end, key.end + 4));
    return colon && /^[A-Za-z0-9_.-]{1,64}$/.test(key.text);
  }

  #spansLines({ start, end }: YamlNode): boolean {
    return /[\r\n]/.test(this.#text.slice(start, end));
  }

  #value(node: YamlNode): void {
    this.#add(node.start, node.end, !this.#spansLines(node));
    const text = this.#text.slice(node.start, node.end);
    for (const { start, end } of credentialsIn(text, this.#broken)) {
      this.#add(node.start + start, node.start + end, false);
    }
  }

  #add(start: number, end: number, shown: boolean): void {
    if (end > start) this.#found.push({ start, end, shown });
  }
}
