import type { Json, JsonObject } from '../model/json.ts';

/**
 * Block YAML of a plain JSON object, read back equal by parsers of YAML 1.1 and 1.2. Keys are sorted, but for the four
 * that a Kubernetes object begins with. Written here because it is an order of magnitude faster than a general
 * stringifier, which was most of a run's time.
 */
export function emitYaml(value: JsonObject): string {
  return emitObject(value, '', topKeys(value));
}

const FIRST = ['apiVersion', 'kind', 'metadata', 'spec'];

function topKeys(value: JsonObject): readonly string[] {
  const keys = Object.keys(value);
  return [
    ...FIRST.filter((key) => Object.hasOwn(value, key)),
    ...keys.filter((key) => !FIRST.includes(key)).sort(),
  ];
}

function emitObject(
  value: JsonObject,
  indent: string,
  keys: readonly string[] = Object.keys(value).sort(),
): string {
  let text = '';
  for (const key of keys) {
    const field = value[key];
    if (field !== undefined) text += `${text === '' ? '' : indent}${scalar(key)}:${emitField(field, indent)}`;
  }
  return text === '' ? '{}\n' : text;
}

/** What follows `key:`. */
function emitField(value: Json, indent: string): string {
  if (isList(value)) {
    if (value.length === 0) return ' []\n';
    let text = '\n';
    for (const item of value) text += `${indent}- ${emitItem(item, `${indent}  `)}`;
    return text;
  }
  if (typeof value !== 'object' || value === null) return ` ${scalar(value)}\n`;
  const inner = `${indent}  `;
  const text = emitObject(value, inner);
  return text === '{}\n' ? ` ${text}` : `\n${inner}${text}`;
}

/** What follows `- `. */
function emitItem(value: Json, indent: string): string {
  if (isList(value)) {
    if (value.length === 0) return '[]\n';
    return value
      .map((item, index) => `${index === 0 ? '' : indent}- ${emitItem(item, `${indent}  `)}`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) return emitObject(value, indent);
  return `${scalar(value)}\n`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Starts like a word, and nothing in it means anything to YAML: no `: `, no ` #`, no space at the end. */
const PLAIN = /^[A-Za-z/_](?:[\w./@%+=,;()$<|*-]|:(?=[\w./])|[ ](?=[\w./(<]))*$/;
/** `100m`, `512Mi`: no number in any YAML. */
const QUANTITY = /^[1-9][0-9]*(?:m|[KMGTP]i?|k)$/;
/** Words that a parser of YAML 1.1 or 1.2 reads as a boolean, as nothing, or (`e0`) as a number. */
const SPECIAL = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9_]+)$/i;
/** What JSON leaves as it is and YAML does not allow, or reads as the end of a line. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  if ((PLAIN.test(value) && !SPECIAL.test(value)) || QUANTITY.test(value)) return value;
  return JSON.stringify(value).replace(
    UNSAFE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
