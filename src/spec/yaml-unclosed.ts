import type { YamlNode } from './yaml-node.ts';
import type { Problem } from './yaml-problem.ts';

const CLOSERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };

/**
 * The first quote or bracket that is never closed. The library meets that fault where the text ends or turns odd, far
 * from where a person has to look.
 */
export function unclosed(root: YamlNode | undefined, text: string): Problem | undefined {
  const node = root === undefined ? undefined : firstUnclosed(root, text);
  if (node === undefined) return undefined;
  const opener = text[node.start] ?? '';
  const what = opener === '[' || opener === '{' ? 'bracket' : 'quote';
  return {
    code: 'TFG001',
    start: node.start,
    end: node.start + 1,
    message: `this ${what} is never closed`,
    suggestion: `close it with \`${CLOSERS[opener]}\` where the value ends`,
  };
}

function firstUnclosed(node: YamlNode, text: string): YamlNode | undefined {
  if (node.kind === 'alias') return undefined;
  const opens = node.kind === 'scalar' ? node.quoted : node.flow;
  if (opens) {
    const closer = CLOSERS[text[node.start] ?? ''];
    if (node.end - node.start < 2 || text[node.end - 1] !== closer) return node;
  }
  const below =
    node.kind === 'map'
      ? node.pairs.flatMap(({ key, value }) => [key, value])
      : node.kind === 'list'
        ? node.items
        : [];
  for (const each of below) {
    const found = firstUnclosed(each, text);
    if (found !== undefined) return found;
  }
  return undefined;
}
