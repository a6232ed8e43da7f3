import type { z } from 'zod';
import { nearest } from '../model/nearest.ts';
import type { Finding } from './finding.ts';
import type { KeyTree } from './key-tree.ts';
import { kindOf, quoted } from './words.ts';

const KEYS_SHOWN = 2;

export interface IssuePlace {
  /** What its sender calls the whole that was held against the schema. */
  readonly whole: string;
  readonly tree: KeyTree | undefined;
}

/** What an issue is about, as the first words of a sentence. */
export function subjectOf({ path }: z.core.$ZodIssue, whole: string): string {
  const step = path.at(-1);
  if (step === undefined) return whole;
  return typeof step === 'number' ? 'this item' : quoted(String(step));
}

/** What each of zod's issues says in our words; the value is looked at for its kind, never shown. */
export function issueWords(
  issue: z.core.$ZodIssue,
  value: unknown,
  { whole, tree }: IssuePlace,
): readonly Finding[] {
  const name = subjectOf(issue, whole);
  if (issue.code === 'custom') return [customWords(issue, name)];
  // Keys that a schema does not know are found by `unknownKeys`, as warnings.
  if (issue.code === 'unrecognized_keys') return [];
  if (value === undefined) return [{ code: 'TFG101', message: `${name} is missing` }];
  if (value === null) return [{ code: 'TFG101', message: `${name} is empty`, suggestion: keysBelow(tree) }];
  const words = otherWords(issue, value, tree);
  return [{ ...words, message: `${name} ${words.message}` }];
}

function customWords({ message, params }: z.core.$ZodIssueCustom, name: string): Finding {
  const { code, suggestion, named } = params ?? {};
  return {
    code: typeof code === 'string' ? code : 'TFG103',
    message: named === true ? `${name} ${message}` : message,
    suggestion: typeof suggestion === 'string' ? suggestion : undefined,
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function otherWords(issue: z.core.$ZodIssue, value: unknown, tree: KeyTree | undefined): Finding {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted =
        (Object.hasOwn(KINDS, issue.expected) ? KINDS[issue.expected] : undefined) ?? issue.expected;
      const message = `must be ${wanted}, not ${kindOf(value)}`;
      return { code: 'TFG102', message, suggestion: adviceOnType(issue.expected, value, tree) };
    }
    case 'invalid_value':
      return choiceWords(issue.values.map(String), value);
    case 'too_small':
      return sizeWords(issue.origin, `at least ${issue.minimum}`);
    case 'too_big':
      return sizeWords(issue.origin, `at most ${issue.maximum}`);
    case 'not_multiple_of':
      return { code: 'TFG104', message: `must be a multiple of ${issue.divisor}` };
    case 'invalid_format':
      return { code: 'TFG103', message: 'has not the form that it must have' };
    default:
      return { code: 'TFG102', message: 'has none of the forms that are allowed here' };
  }
}

function adviceOnType(expected: string, value: unknown, tree: KeyTree | undefined): string | undefined {
  if (expected === 'string' && typeof value !== 'object') return 'put the value in quotes';
  if (expected === 'array') return 'write one item a line, each after `- `';
  if (typeof value === 'string' && /^[\w-]+:[^\s/]/.test(value)) return 'put a space after each `:`';
  return keysBelow(tree, Array.isArray(value) ? ', without `-`' : '');
}

/** What belongs below a key that should hold a map. */
function keysBelow(tree: KeyTree | undefined, how = ''): string | undefined {
  if (tree?.kind === 'record' && tree.each.kind === 'leaf') {
    return 'write one `NAME: value` a line below it, indented, without `-`';
  }
  if (tree?.kind === 'record')
    return 'write each one as its name and `:`, without `-`, and its keys indented below';
  if (tree?.kind !== 'object') return undefined;
  // What has keys of its own comes first: that is what a map is for.
  const named = [...tree.keys].sort(
    ([, a], [, b]) => Number(b.kind === 'object') - Number(a.kind === 'object'),
  );
  const keys = named.slice(0, KEYS_SHOWN).map(([key]) => `\`${key}:\``);
  return `write its keys on lines of their own below it, indented${how}: ${keys.join(', ')}${tree.keys.size > KEYS_SHOWN ? ' …' : ''}`;
}

function choiceWords(choices: readonly string[], value: unknown): Finding {
  const list = choices.map((choice) => `\`${choice}\``).join(', ');
  const near = typeof value === 'string' ? nearest(value, choices) : undefined;
  return {
    code: 'TFG103',
    message: `must be ${choices.length > 1 ? 'one of ' : ''}${list}`,
    suggestion: near && `did you mean \`${near}\`?`,
  };
}

function sizeWords(origin: string, bound: string): Finding {
  if (origin === 'string') return { code: 'TFG103', message: `must have ${bound} characters` };
  if (origin === 'array' || origin === 'set') return { code: 'TFG103', message: `must have ${bound} items` };
  return { code: 'TFG104', message: `must be ${bound}` };
}
