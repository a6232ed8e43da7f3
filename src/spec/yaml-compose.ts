import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import { syntaxProblems } from './syntax-problems.ts';
import type { AliasNode, ListNode, MapNode, PairNode, ScalarNode, YamlNode } from './yaml-node.ts';
import type { Problem } from './yaml-problem.ts';
import { readNumber, resolvePlain } from './yaml-scalar.ts';

/** Levels of lists and maps within each other; real files have five or six. */
export const DEPTH_MAX = 64;

export interface Composed {
  /** `undefined` for an empty document; with problems what could be made out, for showing it alone. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly Problem[];
}

/** Types are resolved here, by `resolvePlain`; duplicate keys are looked for once, where values are made. */
const OPTIONS = { schema: 'failsafe', version: '1.1', uniqueKeys: false, prettyErrors: false } as const;

type LibraryDocument = ReturnType<Composer['compose']> extends Generator<infer D> ? D : never;

/** Reads a text to nodes. Nesting is bounded before the composer sees it, since that recurses. */
export function composeYaml(text: string): Composed {
  const composer = new Composer(OPTIONS);
  const documents: LibraryDocument[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > DEPTH_MAX + 2) return tooDeep(parser.offset);
    if (documents.length > 1) return composed(text, documents);
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  return composed(text, documents);
}

function composed(text: string, [document, second]: readonly LibraryDocument[]): Composed {
  if (document === undefined) return { root: undefined, problems: [] };
  const converter = new Converter();
  const root = document.contents === null ? undefined : converter.convert(document.contents);
  if (document.errors.length > 0) {
    return { root, problems: syntaxProblems(document.errors, root, text) };
  }
  return { root, problems: second === undefined ? converter.problems : [severalDocuments(second)] };
}

function tooDeep(offset: number): Composed {
  const problem: Problem = {
    code: 'TFG005',
    start: Math.max(0, offset - 1),
    end: offset,
    message: `lists and maps are nested more than ${DEPTH_MAX} levels deep`,
    suggestion: 'no file of the platform needs so many: check its brackets and indentation',
  };
  return { root: undefined, problems: [problem] };
}

function severalDocuments(second: LibraryDocument): Problem {
  const start = second.range?.[0] ?? 0;
  return {
    code: 'TFG006',
    start,
    end: start,
    message: 'a second document begins here; the file must hold one',
    suggestion: 'remove the `---` line and what follows it',
  };
}

const STANDARD = 'tag:yaml.org,2002:';

/** Turns the library's nodes into ours. */
class Converter {
  readonly problems: Problem[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  readonly #open = new Set<string>();

  convert(node: unknown): YamlNode {
    if (isAlias(node)) return this.#alias(node.source, span(node.range));
    const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.#open.add(anchor);
    const converted = this.#anchored(node);
    if (anchor !== undefined) {
      this.#open.delete(anchor);
      this.#anchors.set(anchor, converted);
    }
    return converted;
  }

  #anchored(node: unknown): YamlNode {
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return this.#list(node);
    if (isScalar(node)) return this.#scalar(node);
    return { kind: 'scalar', start: 0, end: 0, value: null, text: '', merge: false, quoted: false };
  }

  #map(node: { items: unknown[]; tag?: string; flow?: boolean; range?: Range }): MapNode {
    this.#checkTag(node, 'map');
    const pairs = node.items.map((item): PairNode => {
      const { key, value } = item as { key: unknown; value: unknown };
      const keyNode = this.convert(key);
      const empty = { kind: 'scalar', start: keyNode.end, end: keyNode.end, value: null, text: '' } as const;
      return {
        key: keyNode,
        value: value === null ? { ...empty, merge: false, quoted: false } : this.convert(value),
      };
    });
    return { kind: 'map', ...span(node.range), flow: node.flow === true, pairs };
  }

  #list(node: { items: unknown[]; tag?: string; flow?: boolean; range?: Range }): ListNode {
    this.#checkTag(node, 'seq');
    // `[a: b]` holds a pair, which is a map of one key.
    const items = node.items.map((item) => this.convert(item));
    return { kind: 'list', ...span(node.range), flow: node.flow === true, items };
  }

  #scalar(node: { value: unknown; type?: string; tag?: string; range?: Range }): ScalarNode {
    const text = String(node.value ?? '');
    const place = span(node.range);
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    const plain = node.type === 'PLAIN' || node.type === undefined;
    if (node.tag !== undefined)
      return { kind: 'scalar', ...place, quoted, ...this.#tagged(node, node.tag, text) };
    const value = plain ? resolvePlain(text) : text;
    return { kind: 'scalar', ...place, value, text, merge: plain && text === '<<', quoted };
  }

  #tagged(node: { range?: Range }, tag: string, text: string) {
    const value = readTagged(tag, text);
    if (value === undefined) this.#badTag(node.range);
    return { value: value === undefined ? text : value, text, merge: tag === `${STANDARD}merge` };
  }

  #checkTag({ tag, range }: { tag?: string; range?: Range }, kind: 'map' | 'seq') {
    if (tag !== undefined && tag !== `${STANDARD}${kind}`) this.#badTag(range);
  }

  #badTag(range: Range | undefined) {
    const { start } = span(range);
    this.problems.push({
      code: 'TFG011',
      start,
      end: start,
      message: 'this value has a tag (`!…`) that does not fit it or is not supported',
      suggestion: 'remove the tag',
    });
  }

  #alias(name: string, place: { start: number; end: number }): AliasNode {
    const target = this.#open.has(name) ? undefined : this.#anchors.get(name);
    if (target === undefined) {
      const open = this.#open.has(name);
      this.problems.push({
        code: 'TFG012',
        ...place,
        message: open ? 'this alias refers to what it is part of' : 'this alias refers to no anchor above it',
        suggestion: open ? 'write the value out' : 'put the value in quotes if its `*` is text',
      });
    }
    return { kind: 'alias', ...place, target };
  }
}

type Range = readonly [number, number, number] | null | undefined;

function span(range: Range): { start: number; end: number } {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

/** The value under an explicit tag; `undefined` when the two do not go together. */
function readTagged(tag: string, text: string): string | number | boolean | null | undefined {
  if (tag === '!' || tag === `${STANDARD}str` || tag === `${STANDARD}merge`) return text;
  const number = readNumber(text);
  if (tag === `${STANDARD}int`) return Number.isInteger(number) ? number : undefined;
  if (tag === `${STANDARD}float`) return number;
  const value = resolvePlain(text);
  if (tag === `${STANDARD}bool`) return typeof value === 'boolean' ? value : undefined;
  if (tag === `${STANDARD}null`) return value === null ? null : undefined;
  return undefined;
}
