/** Types of plain scalars as PyYAML's SafeLoader reads them: YAML 1.1, with PyYAML's own choices. */

type Scalar = string | number | boolean | null;

/** `y` and `n` are text for PyYAML, unlike in the YAML 1.1 text. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>(
  [
    ...['yes', 'true', 'on'].map((word) => [word, true] as const),
    ...['no', 'false', 'off'].map((word) => [word, false] as const),
    ...['null'].map((word) => [word, null] as const),
  ].flatMap(([word, value]) => [
    [word, value],
    [`${word[0]?.toUpperCase()}${word.slice(1)}`, value],
    [word.toUpperCase(), value],
  ]),
);

const INT = /^[-+]?(?:0b[01_]+|0[0-7_]+|(?:0|[1-9][0-9_]*)|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
/** A float needs a dot, and its exponent a sign: `1e3` is text. */
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain scalar's text stands for. Dates stay text: nothing here takes them as anything else. */
export function resolvePlain(text: string): Scalar {
  if (text === '' || text === '~') return null;
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (numeric) return readNumber(text) ?? text;
  if (text.length > 5) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/** The number that PyYAML reads, or `undefined` when the text is none. */
export function readNumber(text: string): number | undefined {
  if (INT.test(text)) return readInt(text.replaceAll('_', ''));
  if (FLOAT.test(text)) return readFloat(text.replaceAll('_', '').toLowerCase());
  return undefined;
}

function readInt(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  if (digits.startsWith('0b')) return sign * Number.parseInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return sign * Number.parseInt(digits.slice(2), 16);
  if (digits.includes(':')) return sign * base60(digits);
  if (digits.length > 1 && digits.startsWith('0')) return sign * Number.parseInt(digits, 8);
  return digits === '0' ? 0 : sign * Number(digits);
}

function readFloat(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * (digits.includes(':') ? base60(digits) : Number(digits));
}

function base60(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
