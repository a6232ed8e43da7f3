import * as z from 'zod';
import type { SpecPath } from './diagnostic.ts';
import { definitionOf, type SchemaDefinition } from './schema-definition.ts';

/** The keys that a schema knows, level by level; below a leaf anything goes. */
export type KeyTree =
  | { readonly kind: 'object'; readonly keys: ReadonlyMap<string, KeyTree> }
  | { readonly kind: 'record'; readonly each: KeyTree }
  | { readonly kind: 'list'; readonly each: KeyTree }
  | { readonly kind: 'leaf' /** Its value is never shown. */; readonly secret: boolean };

/** The part of a tree that describes what stands at a path. */
export function treeAt(tree: KeyTree, path: SpecPath): KeyTree | undefined {
  let at: KeyTree | undefined = tree;
  for (const step of path) {
    if (at === undefined || at.kind === 'leaf') return undefined;
    at = at.kind === 'object' ? at.keys.get(String(step)) : at.each;
  }
  return at;
}

const LEAF: KeyTree = { kind: 'leaf', secret: false };

export function keyTree(schema: z.core.$ZodType): KeyTree {
  const definition = definitionOf(schema);
  const { type, shape, valueType, element, innerType } = definition;
  if (type === 'object' && shape !== undefined) {
    return {
      kind: 'object',
      keys: new Map(Object.entries(shape).map(([key, value]) => [key, keyTree(value)])),
    };
  }
  if (type === 'record' && valueType !== undefined) return { kind: 'record', each: keyTree(valueType) };
  if (type === 'array' && element !== undefined) return { kind: 'list', each: keyTree(element) };
  if (innerType !== undefined) return keyTree(innerType);
  if (type === 'union') return unionTree(definition.options ?? []);
  const tree = type === 'pipe' ? pipeTree(definition) : LEAF;
  const secret = z.globalRegistry.get(schema)?.secret === true;
  return tree.kind === 'leaf' && secret ? { kind: 'leaf', secret } : tree;
}

/** Of a pipe the side that has keys: what is read for a transform, what comes out for a preprocess. */
function pipeTree(definition: SchemaDefinition): KeyTree {
  const read = definition.in === undefined ? undefined : keyTree(definition.in);
  if (read !== undefined && read.kind !== 'leaf') return read;
  return definition.out === undefined ? LEAF : keyTree(definition.out);
}

/** Of alternatives all keys together: which of them go together is for the schema to say. */
function unionTree(options: readonly z.core.$ZodType[]): KeyTree {
  const trees = options.map(keyTree);
  const keys = trees.flatMap((tree) => (tree.kind === 'object' ? [...tree.keys] : []));
  if (keys.length > 0) return { kind: 'object', keys: new Map(keys) };
  return trees.find(({ kind }) => kind !== 'leaf') ?? LEAF;
}
