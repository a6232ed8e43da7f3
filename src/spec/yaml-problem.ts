/** A fault of the YAML itself, by offsets. */
export interface Problem {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly suggestion?: string;
}

const BROKEN = 'TFG001';
export const TAB = { message: 'a tab stands where YAML takes spaces only', suggestion: 'indent with spaces' };

/**
 * Own words for each of the library's error codes: its own messages may quote the file, and so a secret.
 */
const WORDS: Readonly<Record<string, { message: string; suggestion?: string }>> = {
  ALIAS_PROPS: { message: 'an alias can have neither an anchor nor a tag' },
  BAD_ALIAS: { message: 'this anchor or alias has no valid name' },
  BAD_COLLECTION_TYPE: { message: 'the tag does not fit a list or map' },
  BAD_DIRECTIVE: { message: 'this `%` directive is not valid' },
  BAD_DQ_ESCAPE: {
    message: 'a backslash in double quotes begins no known escape',
    suggestion: "write `\\\\` for a backslash, or use single quotes '…'",
  },
  BAD_INDENT: {
    message: 'this line is not indented like the lines that it belongs to',
    suggestion: 'indent keys of the same map equally',
  },
  BAD_PROP_ORDER: { message: 'an anchor or tag stands in the wrong place' },
  BAD_SCALAR_START: {
    message: 'a value cannot begin with this character unless it is quoted',
    suggestion: 'put the value in quotes',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a `: ` within a value makes it look like a nested map',
    suggestion: 'put the value in quotes, or give the nested map its own lines',
  },
  BLOCK_IN_FLOW: { message: 'a block list or map cannot stand inside `{…}` or `[…]`' },
  KEY_OVER_1024_CHARS: { message: 'a key is longer than 1024 characters' },
  MISSING_CHAR: {
    message: 'a character is missing: a closing quote or bracket, a comma, a colon or a space',
    suggestion: 'close every quote and bracket, and put a space after each `:`',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this is no `key: value`',
    suggestion: 'put a `:` and a space after the key; quote text that spans lines',
  },
  MULTIPLE_ANCHORS: { message: 'a value can have one anchor only' },
  MULTIPLE_DOCS: { message: 'a second document begins here; the file must hold one' },
  MULTIPLE_TAGS: { message: 'a value can have one tag only' },
  TAB_AS_INDENT: TAB,
  UNEXPECTED_TOKEN: {
    message: 'this does not belong here',
    suggestion: 'check quotes, brackets and indentation',
  },
};

const OTHER = { message: 'this is no valid YAML' };

export function syntaxProblem({ code, pos }: { code: string; pos: readonly [number, number] }): Problem {
  const words = (Object.hasOwn(WORDS, code) ? WORDS[code] : undefined) ?? OTHER;
  return { code: BROKEN, start: pos[0], end: pos[1], ...words };
}
