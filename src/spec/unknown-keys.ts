import type { Json } from '../model/json.ts';
import type { Draft, Meant, SpecPath } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { formatPath } from './format-path.ts';
import { suggestKey } from './key-suggestion.ts';
import type { KeyTree } from './key-tree.ts';
import type { ParsedFile } from './source-file.ts';
import { valueAt } from './value-at.ts';
import { pathOf, type Way } from './way.ts';
import { quoted } from './words.ts';

/** A warning for each key that the schema does not know, with what was probably meant. */
export function unknownKeys(parsed: ParsedFile, tree: KeyTree): readonly Draft[] {
  const paths: SpecPath[] = [];
  if (parsed.value !== undefined) collect(parsed.value, tree, paths, undefined);
  return paths.map((path) => {
    const key = quoted(String(path.at(-1)));
    const found = suggestKey(tree, path, valueAt(parsed.value, path));
    return diagnosticAt(parsed, path, {
      code: 'TFG106',
      severity: 'warning',
      message: `unknown key ${key}`,
      suggestion: found?.text,
      at: 'key',
      meant: found?.meant && meantOf(found.meant, path, key),
    });
  });
}

function meantOf(meant: SpecPath, written: SpecPath, key: string): Meant {
  return { path: formatPath(meant), key, moved: meant.at(-1) === written.at(-1) };
}

function collect(value: Json, tree: KeyTree, found: SpecPath[], up: Way | undefined): void {
  if (typeof value !== 'object' || value === null || tree.kind === 'leaf') return;
  const list = Array.isArray(value);
  if (list !== (tree.kind === 'list')) return;
  const children = value as Readonly<Record<string, Json>>;
  for (const key of Object.keys(children)) {
    const known = tree.kind === 'object' ? tree.keys.get(key) : tree.each;
    const way = { up, step: list ? Number(key) : key };
    if (known === undefined) found.push(pathOf(way));
    else if (known.kind !== 'leaf') collect(children[key] ?? null, known, found, way);
  }
}
