import { parseImageRef } from '../model/image-ref.ts';
import { nearest } from '../model/nearest.ts';
import { parseCpu, parseMemory } from '../model/quantity.ts';
import { Mistake, type Reader } from './field.ts';
import { cpuMeant, memoryMeant } from './quantity-meant.ts';
import { kindOf, quoted } from './words.ts';

/** Whole numbers up to here are safe in every Kubernetes field. */
const INT_MAX = 2 ** 31 - 1;
const TEXT_MAX = 8192;

export const text: Reader<string> = {
  json: { type: 'string', minLength: 1, maxLength: TEXT_MAX },
  read(value) {
    if (typeof value !== 'string') return notText(value);
    if (value.trim() === '') return new Mistake('TFG101', 'is empty');
    if (value.length > TEXT_MAX) return new Mistake('TFG103', `is longer than ${TEXT_MAX} characters`);
    return value;
  },
};

function notText(value: unknown): Mistake {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const hint = scalar ? 'put the value in quotes' : 'write it as one text on the same line';
  return new Mistake('TFG102', `must be text, not ${kindOf(value)}`, hint);
}

const TRUE = new Set(['true', 'yes', 'on', 'y', 't', '1']);
const FALSE = new Set(['false', 'no', 'off', 'n', 'f', '0']);
const FLAG_PATTERN = `^(${[...TRUE, ...FALSE].map(anyCase).join('|')})$`;

/** A pattern for a word in any letter case: JSON Schema has no flag for that. */
export function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

/** `true`, `false` and what Toolforge takes for them, also in quotes. */
export const flag: Reader<boolean> = {
  json: { type: ['boolean', 'string', 'integer'], pattern: FLAG_PATTERN, minimum: 0, maximum: 1 },
  read(value) {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string' || typeof value === 'number') {
      const word = String(value).toLowerCase();
      if (TRUE.has(word)) return true;
      if (FALSE.has(word)) return false;
    }
    return new Mistake('TFG102', `must be true or false, not ${kindOf(value)}`);
  },
};

/** How pydantic, and so Toolforge, reads a whole number from text. */
const DIGITS_PATTERN = '^\\s*[-+]?[0-9](_?[0-9])*(\\.0*)?\\s*$';
const DIGITS = new RegExp(DIGITS_PATTERN);

export function wholeNumber(min: number, max = INT_MAX, hint?: string): Reader<number> {
  const range = max === INT_MAX ? `of ${min} or more` : `from ${min} to ${max}`;
  return {
    json: {
      type: ['integer', 'string'],
      minimum: min,
      maximum: max,
      pattern: '^\\s*\\+?[0-9_]+(\\.0*)?\\s*$',
    },
    read(value) {
      const number = typeof value === 'string' ? fromDigits(value) : value;
      if (typeof number !== 'number') {
        return new Mistake('TFG102', `must be a whole number ${range}, not ${kindOf(value)}`, hint);
      }
      if (!Number.isInteger(number)) return new Mistake('TFG102', `must be a whole number ${range}`, hint);
      if (number < min || number > max) {
        return new Mistake('TFG104', `must be a whole number ${range}, not ${number}`);
      }
      return number;
    },
  };
}

function fromDigits(value: string): number | undefined {
  return DIGITS.test(value) ? Number(value.trim().replaceAll('_', '')) : undefined;
}

/** What to say of a value that is none of the choices, or undefined for what can be said in general. */
export type ChoiceAdvice = (value: unknown) => string | undefined;

export function oneOf<const T extends string>(choices: readonly T[], advise?: ChoiceAdvice): Reader<T> {
  return {
    json: { enum: choices },
    read(value) {
      const choice = choices.find((each) => each === value);
      if (choice !== undefined) return choice;
      const list = choices.map((each) => `\`${each}\``).join(', ');
      const what = typeof value === 'string' ? quoted(value) : kindOf(value);
      const message = `must be ${choices.length > 1 ? 'one of ' : ''}${list}, not ${what}`;
      return new Mistake('TFG103', message, advise?.(value) ?? nearChoice(choices, value));
    },
  };
}

function nearChoice(choices: readonly string[], value: unknown): string | undefined {
  if (choices.length === 1) return `write \`${choices[0]}\``;
  const near = typeof value === 'string' ? nearest(value.trim(), choices) : undefined;
  return near && `did you mean \`${near}\`?`;
}

export const cpu: Reader<string> = {
  json: { type: ['string', 'number'], exclusiveMinimum: 0, pattern: '^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)m?$' },
  read(value) {
    const written = typeof value === 'number' ? String(value) : value;
    if (typeof written !== 'string') return notText(value);
    const milli = parseCpu(written);
    if (milli !== undefined && milli > 0) return written;
    const message = `must be an amount of CPU above zero, not ${quoted(written)}`;
    return new Mistake(
      'TFG108',
      message,
      meantBy(cpuMeant(written), 'cores, or thousandths of one with `m`: "1", "0.5", "500m"'),
    );
  },
};

export const memory: Reader<string> = {
  json: { type: 'string', pattern: '^([0-9]+(\\.[0-9]+)?|\\.[0-9]+)([kMGTP]|[KMGTP]i)?$' },
  read(value) {
    const units = 'a number and a unit: "512Mi", "1Gi", "3G"';
    if (typeof value === 'number') {
      return new Mistake('TFG108', 'must be an amount of memory with its unit, not a number', units);
    }
    if (typeof value !== 'string') return notText(value);
    const bytes = parseMemory(value);
    if (bytes !== undefined && bytes > 0) return value;
    const message = `must be an amount of memory above zero, not ${quoted(value)}`;
    return new Mistake('TFG108', message, meantBy(memoryMeant(value), units));
  },
};

function meantBy(guess: string | undefined, otherwise: string): string {
  return guess === undefined ? otherwise : `did you mean "${guess}"?`;
}

export const imageRef: Reader<string> = {
  json: { type: 'string', minLength: 1 },
  read(value) {
    if (typeof value !== 'string') return notText(value);
    if (parseImageRef(value) !== undefined) return value;
    const hint = 'registry.example.org/project/name:tag, or …@sha256:… for one exact build';
    return new Mistake('TFG112', 'is no image reference', hint);
  },
};

/** Text that has a form of its own. */
export function matching(pattern: RegExp, form: string): Reader<string> {
  return {
    json: { type: 'string', pattern: pattern.source },
    read(value) {
      const result = text.read(value);
      if (result instanceof Mistake || pattern.test(result)) return result;
      return new Mistake('TFG103', `must be ${form}, not ${quoted(result)}`);
    },
  };
}
