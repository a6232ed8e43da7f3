import type { CommitMessage, Trailer } from './change.ts';

/** Characters of a subject that Argo CD shows in an application's history. */
export const SUBJECT_MAX = 64;

/** What may be a trailer's key, as git has it. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9-]*$/;
const TRAILER = /^([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/;
/** Line ends of every kind, other control characters, and marks that reorder or hide text on a screen. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * The text of a commit: subject, body, trailers, a blank line between each. Whatever subject, body and values hold, they
 * add no line and no trailer: git, Argo CD (which looks at every line) and `parseTrailers` see the given trailers alone.
 */
export function formatMessage({ subject, body, trailers }: CommitMessage): string {
  const parts = [
    oneLine(subject) || 'change',
    formatBody(body ?? ''),
    trailers.map(formatTrailer).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/**
 * The trailers of a commit's message, in order. Only what stands at its end counts: the last paragraphs that hold
 * nothing but trailers (a server that signs commits appends a paragraph of its own), never the subject's.
 */
export function parseTrailers(message: string): readonly Trailer[] {
  const [, ...paragraphs] = message
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n(?:[ \t]*\n)+/);
  const found: Trailer[][] = [];
  for (const paragraph of paragraphs.reverse()) {
    const trailers = parseParagraph(paragraph);
    if (trailers === undefined) break;
    found.unshift(trailers);
  }
  return found.flat();
}

/** The values of a key, whose letter case does not matter, in order. */
export function trailerValues(trailers: readonly Trailer[], key: string): readonly string[] {
  return trailers
    .filter((trailer) => trailer.key.toLowerCase() === key.toLowerCase())
    .map(({ value }) => value);
}

/** A text on one line: runs of line ends, control and hidden characters become one space. */
export function oneLine(text: string): string {
  return clean(text).trim();
}

/** Half a surrogate pair has no UTF-8 form. */
function clean(text: string): string {
  return text.replace(UNSAFE, ' ').replace(/\p{Cs}/gu, '\ufffd');
}

/** A line that could be read as a trailer is indented, which neither git nor Argo CD reads as one. */
function formatBody(body: string): string {
  const lines = body.split(LINE_END).map((line) => clean(line).trimEnd());
  return lines
    .map((line) => (TRAILER.test(line) || line.startsWith('---') ? `  ${line}` : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}

function formatTrailer({ key, value }: Trailer): string {
  if (!KEY.test(key)) throw new TypeError(`not a trailer key: ${JSON.stringify(key)}`);
  return `${key}: ${oneLine(value)}`;
}

/** `undefined` when a line is no trailer; an indented line goes on with the value before it. */
function parseParagraph(paragraph: string): Trailer[] | undefined {
  const trailers: { key: string; value: string }[] = [];
  for (const line of paragraph.split('\n')) {
    const [, key, value] = TRAILER.exec(line) ?? [];
    const last = trailers.at(-1);
    if (key !== undefined && value !== undefined) trailers.push({ key, value: value.trimEnd() });
    else if (last !== undefined && /^[ \t]/.test(line)) last.value = `${last.value} ${line.trim()}`;
    else return undefined;
  }
  return trailers;
}
