import type { Position } from './diagnostic.ts';

/** Offsets of a text to lines and columns. Lines end in LF, CR LF or CR, as editors have it. */
export interface LineMap {
  position(start: number, end: number): Position;
  /** Offsets of a line (1-based) without what ends it; `undefined` beyond the last. */
  line(number: number): { readonly start: number; readonly end: number } | undefined;
}

export function lineMap(text: string): LineMap {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  const place = (offset: number) => {
    const inside = Math.min(Math.max(offset, 0), text.length);
    const line = lastAtMost(starts, inside);
    return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
  };
  return {
    position(start, end) {
      const from = place(start);
      const to = place(Math.max(start, end));
      return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
    line(number) {
      const start = starts[number - 1];
      if (start === undefined) return undefined;
      const next = starts[number] ?? text.length;
      return { start, end: start + text.slice(start, next).replace(/[\r\n]+$/, '').length };
    },
  };
}

/** Index of the last start that is not after the offset. */
function lastAtMost(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
