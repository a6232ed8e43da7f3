/** Words of a command line, as a POSIX shell splits them: quotes kept together, nothing expanded. */

/** The words, or what is wrong with the text. */
export type Split =
  | { readonly words: readonly string[] }
  | { readonly error: 'unclosed-quote' | 'trailing-backslash' };

interface Cursor {
  readonly text: string;
  at: number;
  /** `undefined` between words; `''` once a quote opened an empty one. */
  word: string | undefined;
}

/** POSIX shell quoting (XCU 2.2) without expansion: `a "b c"` is two words, `"\$x"` is `$x`. */
export function splitWords(text: string): Split {
  if (!/['"\\]/.test(text)) return { words: text.split(/[ \t\r\n]+/).filter((word) => word !== '') };
  const cursor: Cursor = { text, at: 0, word: undefined };
  const words: string[] = [];
  while (cursor.at < text.length) {
    const char = text[cursor.at] as string;
    if (/[ \t\r\n]/.test(char)) {
      if (cursor.word !== undefined) words.push(cursor.word);
      cursor.word = undefined;
      cursor.at += 1;
      continue;
    }
    const error = readPart(cursor, char);
    if (error !== undefined) return { error };
  }
  if (cursor.word !== undefined) words.push(cursor.word);
  return { words };
}

/** One word in a form that a POSIX shell reads back as exactly that word. */
export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function readPart(cursor: Cursor, char: string): 'unclosed-quote' | 'trailing-backslash' | undefined {
  if (char === "'") return readSingle(cursor);
  if (char === '"') return readDouble(cursor);
  if (char !== '\\') return append(cursor, char, 1);
  const next = cursor.text[cursor.at + 1];
  if (next === undefined) return 'trailing-backslash';
  return next === '\n' ? append(cursor, undefined, 2) : append(cursor, next, 2);
}

/** A line continuation (`part` undefined) adds nothing and starts no word. */
function append(cursor: Cursor, part: string | undefined, length: number): undefined {
  if (part !== undefined) cursor.word = (cursor.word ?? '') + part;
  cursor.at += length;
}

function readSingle(cursor: Cursor): 'unclosed-quote' | undefined {
  const end = cursor.text.indexOf("'", cursor.at + 1);
  if (end < 0) return 'unclosed-quote';
  return append(cursor, cursor.text.slice(cursor.at + 1, end), end + 1 - cursor.at);
}

/** Inside double quotes a backslash quotes only $ ` " \ and the end of a line. */
function readDouble(cursor: Cursor): 'unclosed-quote' | undefined {
  append(cursor, '', 1);
  for (;;) {
    const char = cursor.text[cursor.at];
    if (char === undefined) return 'unclosed-quote';
    if (char === '"') return append(cursor, undefined, 1);
    const next = cursor.text[cursor.at + 1];
    if (char === '\\' && next === '\n') append(cursor, undefined, 2);
    else if (char === '\\' && next !== undefined && '$`"\\'.includes(next)) append(cursor, next, 2);
    else append(cursor, char, 1);
  }
}
