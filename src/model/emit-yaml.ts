import type { Json, JsonObject } from './json.ts';
import { keptOf } from './shared.ts';

/**
 * Plain values as YAML in block style, which readers of YAML 1.1 and 1.2 take for the same values. Keys stand in the
 * order given; `undefined` values of maps are left out. Ends in a newline.
 */
export function emitYaml(value: Json): string {
  return item(value, '');
}

/** Several documents of one file, set apart by `---`. */
export function emitDocuments(values: readonly Json[]): string {
  return values.map(emitYaml).join('---\n');
}

/** Plain scalars that no reader takes for anything but text: words, paths, image references, sentences. */
const PLAIN = /^[A-Za-z_/][\w./@%+=,()-]*(?:[: ][\w./@%+=,()-]+)*$/;
/** Quantities: `4Gi`, `500m`. */
const QUANTITY = /^[0-9]+(?:[mkMGTP]|[KMGTP]i)$/;
/** Words that YAML 1.1 or 1.2 takes for a truth value or nothing, and `e0`, which some readers take for a number. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?[0-9]+)$/i;
/** What single quotes cannot hold, or a screen would not show. */
const ESCAPED = /[^\x20-\x7e\u00a0-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Everything after `key:`, its line's end included. */
function afterKey(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return ` ${scalar(value)}\n`;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${indent}${collection(value, indent)}`;
  const inner = `${indent}  `;
  const fields = collection(value, inner);
  return fields === '' ? ' {}\n' : `\n${inner}${fields}`;
}

/** A value whose first line's indentation stands already. */
function item(value: Json, indent: string): string {
  if (typeof value !== 'object' || value === null) return `${scalar(value)}\n`;
  if (isList(value)) return value.length === 0 ? '[]\n' : collection(value, indent);
  return collection(value, indent) || '{}\n';
}

/** Of a value that many objects share the text is remembered. */
function collection(value: readonly Json[] | JsonObject, indent: string): string {
  const texts = keptOf(value)?.texts;
  const known = texts?.get(indent);
  if (known !== undefined) return known;
  const text = isList(value) ? list(value, indent) : map(value, indent);
  texts?.set(indent, text);
  return text;
}

/** Empty when no field has a value. */
function map(value: JsonObject, indent: string): string {
  let text = '';
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (inner !== undefined) {
      text += `${text === '' ? '' : indent}${keyText(key)}:${afterKey(inner, indent)}`;
    }
  }
  return text;
}

/** How keys are written: they are few, and each stands in thousands of objects. */
const KEYS = new Map<string, string>();
const KEYS_MAX = 2000;

function keyText(key: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const text = string(key);
  if (KEYS.size < KEYS_MAX) KEYS.set(key, text);
  return text;
}

function list(values: readonly Json[], indent: string): string {
  const inner = `${indent}  `;
  let text = '';
  for (const value of values) text += `${text === '' ? '' : indent}- ${item(value, inner)}`;
  return text;
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'string') return string(value);
  return typeof value === 'number' ? number(value) : String(value);
}

function string(text: string): string {
  if (PLAIN.test(text) ? !RESERVED.test(text) : QUANTITY.test(text)) return text;
  if (!ESCAPED.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(new RegExp(ESCAPED, 'g'), unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** YAML 1.1 wants a dot in what has an exponent. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON number`);
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
