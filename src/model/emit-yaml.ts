import type { Json, JsonObject } from './json.ts';

/** The keys of a map in the order in which they are to stand; the outermost map has indent ''. */
export type KeyOrder = (value: JsonObject, indent: string) => readonly string[];

/**
 * Plain values as YAML in block style, which readers of YAML 1.1 and 1.2 take for the same values. Keys stand in the
 * order given, unless `keysOf` has another; `undefined` values of maps are left out. Ends in a newline.
 */
export function emitYaml(value: Json, keysOf: KeyOrder = Object.keys): string {
  return item(value, '', keysOf);
}

/** Several documents of one file, set apart by `---`. */
export function emitDocuments(values: readonly Json[], keysOf?: KeyOrder): string {
  return values.map((value) => emitYaml(value, keysOf)).join('---\n');
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
function afterKey(value: Json, indent: string, keysOf: KeyOrder): string {
  if (typeof value !== 'object' || value === null) return ` ${scalar(value)}\n`;
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${indent}${list(value, indent, keysOf)}`;
  const inner = `${indent}  `;
  const fields = map(value, inner, keysOf);
  return fields === '' ? ' {}\n' : `\n${inner}${fields}`;
}

/** A value whose first line's indentation stands already. */
function item(value: Json, indent: string, keysOf: KeyOrder): string {
  if (typeof value !== 'object' || value === null) return `${scalar(value)}\n`;
  if (isList(value)) return value.length === 0 ? '[]\n' : list(value, indent, keysOf);
  return map(value, indent, keysOf) || '{}\n';
}

/** Empty when no field has a value. */
function map(value: JsonObject, indent: string, keysOf: KeyOrder): string {
  let text = '';
  for (const key of keysOf(value, indent)) {
    const inner = value[key];
    if (inner !== undefined) {
      text += `${text === '' ? '' : indent}${keyText(key)}:${afterKey(inner, indent, keysOf)}`;
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

function list(values: readonly Json[], indent: string, keysOf: KeyOrder): string {
  return values.map((value) => `- ${item(value, `${indent}  `, keysOf)}`).join(indent);
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
