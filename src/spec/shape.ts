import type { z } from 'zod';
import { oncePer } from '../model/once-per.ts';
import type { Draft, SpecPath } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { issueWords } from './issue-words.ts';
import { type KeyTree, keyTree, treeAt } from './key-tree.ts';
import { quickReader, UNSURE } from './quick-reader.ts';
import type { ParsedFile } from './source-file.ts';
import { unknownKeys } from './unknown-keys.ts';
import { valueAt } from './value-at.ts';

export interface Shaped<T> {
  /** Absent when there is an error. */
  readonly value?: T;
  readonly diagnostics: readonly Draft[];
}

/** The keys that a schema knows, read from it once. */
export const treeOf = oncePer(keyTree);

/**
 * Holds a parsed file against a schema: every mistake of form with its place, and a warning for each key that the
 * schema does not know. Includes the diagnostics of parsing; without a value there is nothing else to say.
 */
export function checkShape<S extends z.ZodType>(parsed: ParsedFile, schema: S): Shaped<z.output<S>> {
  if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
  const quick = parsed.diagnostics.length === 0 ? quickReader(schema)(parsed.value) : UNSURE;
  if (quick !== UNSURE) return { value: quick as z.output<S>, diagnostics: [] };
  const tree = treeOf(schema);
  const result = schema.safeParse(parsed.value, { reportInput: false });
  const mistakes = result.success
    ? []
    : result.error.issues.flatMap((issue) => toDiagnostics(parsed, tree, issue));
  const unknown = unknownKeys(parsed, tree);
  const diagnostics = [...parsed.diagnostics, ...mistakes, ...unknown];
  const failed = !result.success || parsed.diagnostics.some(({ severity }) => severity === 'error');
  return failed ? { diagnostics } : { value: result.data, diagnostics };
}

function toDiagnostics(parsed: ParsedFile, tree: KeyTree, issue: z.core.$ZodIssue): readonly Draft[] {
  const path = pathOf(issue);
  const value = valueAt(parsed.value, path);
  const lacks = value === undefined || value === null ? { lacks: [path] } : {};
  const found = issueWords(issue, value, { whole: 'the file', tree: treeAt(tree, path) });
  return found.map((finding) => diagnosticAt(parsed, path, { ...finding, ...lacks }));
}

export function pathOf(issue: z.core.$ZodIssue): SpecPath {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}
