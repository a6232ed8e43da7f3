/** Words of messages about values. */

const SHOWN_MAX = 60;

/** A key or a known field's value within a message: cut, and without line breaks or other control characters. */
export function quoted(value: string): string {
  const shown = value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value;
  return `\`${printable(withoutUserinfo(shown))}\``;
}

function withoutUserinfo(text: string): string {
  return text.replace(/(?<=:\/\/)[^\s/]*@|[^\s/'"`=]*:[^\s/'"`=]*@(?!sha256:)/g, '…@');
}

/** Without what could break out of a line or steer a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '�');
}

/** The kind of a value, never the value itself. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}
