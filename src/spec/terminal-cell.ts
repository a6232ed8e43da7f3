const TAB_WIDTH = 4;

/** A character as a terminal shows it at a column: tabs as spaces, nothing that steers the terminal. */
export function shownCell(char: string, column: number): { shown: string; width: number } {
  if (char === '\t') {
    const width = TAB_WIDTH - (column % TAB_WIDTH);
    return { shown: ' '.repeat(width), width };
  }
  if (/^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]$/u.test(char)) return { shown: '�', width: 1 };
  if (/^\p{M}$/u.test(char)) return { shown: char, width: 0 };
  return { shown: char, width: isWide(char) ? 2 : 1 };
}

/** East Asian wide characters and emoji take two columns; close enough for a caret. */
function isWide(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
