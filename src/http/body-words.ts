import type { z } from 'zod';
import type { Json } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import type { SpecPath } from '../spec/diagnostic.ts';
import { formatPath } from '../spec/format-path.ts';
import { issueWords, subjectOf } from '../spec/issue-words.ts';
import { treeAt } from '../spec/key-tree.ts';
import { pathOf, treeOf } from '../spec/shape.ts';
import { valueAt } from '../spec/value-at.ts';
import { quoted } from '../spec/words.ts';

/** What is wrong with one field of a request: in the words and with the codes of the command line, never with its value. */
export interface FieldError {
  /** As in diagnostics; '' is the whole. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string | undefined;
}

const ERRORS_MAX = 20;
const PATH_MAX = 200;
const MISSING = 'TFG101';
const FORM = 'TFG103';
const UNKNOWN_KEY = 'TFG106';

/** What was held against a schema. */
interface Checked {
  /** What the sender calls it: the body, the query. */
  readonly whole: string;
  readonly value: Json;
  readonly schema: z.core.$ZodType;
}

export function fieldErrors(error: z.core.$ZodError, checked: Checked): readonly FieldError[] {
  const found = error.issues.slice(0, ERRORS_MAX).flatMap((issue) => wordsOf(issue, checked));
  return found
    .slice(0, ERRORS_MAX)
    .map(({ path, ...one }) => ({ path: formatPath(path).slice(0, PATH_MAX), ...one }));
}

interface Placed extends Omit<FieldError, 'path'> {
  readonly path: SpecPath;
}

function wordsOf(issue: z.core.$ZodIssue, { whole, value, schema }: Checked): readonly Placed[] {
  const path = pathOf(issue);
  const name = subjectOf(issue, whole);
  if (issue.code === 'unrecognized_keys') {
    const tree = treeAt(treeOf(schema), path);
    const known = tree?.kind === 'object' ? [...tree.keys.keys()] : [];
    return issue.keys.map((key) => unknownKey([...path, key], key, known));
  }
  const there = valueAt(value, path);
  if (there === undefined) return [{ path, code: MISSING, message: `${name} is missing` }];
  if (there === null) return [{ path, code: MISSING, message: `${name} is null` }];
  if (issue.code === 'custom' || issue.code === 'invalid_format') {
    return [{ path, code: FORM, message: `${name} ${issue.message}` }];
  }
  if (issue.code === 'invalid_key') {
    const words = issue.issues[0]?.code === 'custom' ? issue.issues[0].message : 'is not allowed here';
    return [{ path, code: FORM, message: `${name} ${words}` }];
  }
  return issueWords(issue, there, { whole, tree: undefined }).map(({ code, message, suggestion }) => ({
    path,
    code,
    message,
    ...(issue.code === 'invalid_value' && { suggestion }),
  }));
}

function unknownKey(path: SpecPath, key: string, known: readonly string[]): Placed {
  const near = nearest(key, known);
  const suggestion =
    near === undefined ? `known here: ${known.map(quoted).join(', ')}` : `did you mean ${quoted(near)}?`;
  return {
    path,
    code: UNKNOWN_KEY,
    message: `unknown key ${quoted(key)}`,
    ...((near !== undefined || known.length > 0) && { suggestion }),
  };
}
