import type { z } from 'zod';
import type { Diagnostic } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import { issueWords } from './issue-words.ts';
import { type KeyTree, keyTree } from './key-tree.ts';
import type { ParsedFile } from './source-file.ts';
import { unknownKeys } from './unknown-keys.ts';
import { valueAt } from './value-at.ts';

export interface Shaped<T> {
  /** Absent when there is an error. */
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

const TREES = new WeakMap<z.core.$ZodType, KeyTree>();

/** The keys that a schema knows, read from it once. */
export function treeOf(schema: z.core.$ZodType): KeyTree {
  const known = TREES.get(schema);
  if (known !== undefined) return known;
  const tree = keyTree(schema);
  TREES.set(schema, tree);
  return tree;
}

/**
 * Holds a parsed file against a schema: every mistake of form with its place, and a warning for each key that the
 * schema does not know. Includes the diagnostics of parsing; without a value there is nothing else to say.
 */
export function checkShape<S extends z.ZodType>(parsed: ParsedFile, schema: S): Shaped<z.output<S>> {
  if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
  const result = schema.safeParse(parsed.value, { reportInput: false });
  const mistakes = result.success ? [] : result.error.issues.flatMap((issue) => toDiagnostics(parsed, issue));
  const unknown = unknownKeys(parsed, treeOf(schema));
  const diagnostics = [...parsed.diagnostics, ...mistakes, ...unknown];
  const failed = !result.success || parsed.diagnostics.some(({ severity }) => severity === 'error');
  return failed ? { diagnostics } : { value: result.data, diagnostics };
}

function toDiagnostics(parsed: ParsedFile, issue: z.core.$ZodIssue): readonly Diagnostic[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  return issueWords(issue, valueAt(parsed.value, path)).map((finding) => diagnosticAt(parsed, path, finding));
}
