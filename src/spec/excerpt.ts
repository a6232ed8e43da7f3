import type { Position } from './diagnostic.ts';
import type { KeyTree } from './key-tree.ts';
import { lineMap } from './line-map.ts';
import { isTooLarge, withoutBom } from './parse-yaml.ts';
import { shownCell } from './terminal-cell.ts';
import { type Stretch, stretchesOf } from './visible.ts';

/** A line of a file as it may be shown, with the place to underline in columns of a terminal, from 0. */
export interface Excerpt {
  readonly line: number;
  readonly text: string;
  readonly from: number;
  readonly width: number;
}

/** Longest part of a line that is shown, and how much of it before the place. */
const SHOWN_MAX = 120;
const SHOWN_BEFORE = 40;
const MASK = '…';

/** Shows lines of one file; whatever may be a secret is `…`. */
export function excerptsOf(raw: string, tree: KeyTree): (at: Position) => Excerpt | undefined {
  const text = withoutBom(raw);
  if (isTooLarge(text)) return () => undefined;
  const lines = lineMap(text);
  let stretches: readonly Stretch[] | undefined;
  return (at) => {
    const line = lines.line(at.line);
    if (line === undefined || line.start === line.end) return undefined;
    stretches ??= stretchesOf(text, tree);
    const from = line.start + at.column - 1;
    const to = at.endLine > at.line ? line.end : line.start + at.endColumn - 1;
    const part = partOf(text, line, from);
    const cells = [
      ...(part.start > line.start ? [ellipsis(line.start, part.start)] : []),
      ...cellsOf(text, part, stretches),
      ...(part.end < line.end ? [ellipsis(part.end, line.end)] : []),
    ];
    return { line: at.line, ...place(cells, from, to) };
  };
}

interface Part {
  readonly start: number;
  readonly end: number;
}

/** Of a long line the part around a place; never half a character. */
function partOf(text: string, line: Part, from: number): Part {
  if (line.end - line.start <= SHOWN_MAX) return line;
  const start = Math.max(line.start, Math.min(from - SHOWN_BEFORE, line.end - SHOWN_MAX));
  return { start: wholeAt(text, start), end: wholeAt(text, Math.min(line.end, start + SHOWN_MAX)) };
}

function wholeAt(text: string, at: number): number {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) ? at - 1 : at;
}

function ellipsis(start: number, end: number): Cell {
  return { shown: MASK, width: 1, start, end };
}

/** One character as shown, of so many columns, and the offsets that it stands for. */
interface Cell {
  readonly shown: string;
  readonly width: number;
  readonly start: number;
  end: number;
}

/** What may be shown outside of keys and values. */
const MARKS = /^[-{}[\],:?]+$/;
const BLANK = new Set(' \t');

function cellsOf(text: string, part: Part, stretches: readonly Stretch[]): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { char, at, shown } of charsOf(text, part, stretches)) {
    const end = at + char.length;
    const mask = shown ? undefined : lastMask(cells);
    if (mask !== undefined) mask.end = end;
    else cells.push(shown ? { ...shownCell(char, column), start: at, end } : ellipsis(at, end));
    column = widthOf(cells);
  }
  return cells;
}

interface Char {
  readonly char: string;
  readonly at: number;
  readonly shown: boolean;
}

function charsOf(text: string, part: Part, stretches: readonly Stretch[]): readonly Char[] {
  const here = stretches.filter(({ start, end }) => end > part.start && start < part.end);
  const gaps = marksOf(text.slice(part.start, part.end), part.start, here);
  let at = part.start;
  return Array.from(text.slice(part.start, part.end), (char) => {
    const around = here.filter(({ start, end }) => start <= at && at < end);
    const shown = around.length === 0 ? gaps.has(at) : around.every((each) => each.shown);
    const found = { char, at, shown: shown || BLANK.has(char) };
    at += char.length;
    return found;
  });
}

/** Offsets of the marks of lists and maps between keys and values; a comment ends them. */
function marksOf(text: string, offset: number, stretches: readonly Stretch[]): ReadonlySet<number> {
  const gaps = text.split('').map((unit, index) => {
    const at = offset + index;
    return stretches.some(({ start, end }) => start <= at && at < end) ? '\0' : unit;
  });
  const [before = ''] = gaps.join('').split('#', 1);
  const runs = [...before.matchAll(/[^\s\0]+/g)].filter(([run]) => MARKS.test(run));
  return new Set(runs.flatMap(({ 0: run, index }) => Array.from(run, (_, step) => offset + index + step)));
}

/** The mask that the next masked character adds to: blanks between the two go with it. */
function lastMask(cells: Cell[]): Cell | undefined {
  let last = cells.length - 1;
  while (last > 0 && cells[last]?.shown.trim() === '') last -= 1;
  const cell = cells[last];
  if (cell?.shown !== MASK) return undefined;
  cells.length = last + 1;
  return cell;
}

function place(cells: readonly Cell[], start: number, end: number): Omit<Excerpt, 'line'> {
  const from = widthOf(cells.filter((cell) => cell.end <= start));
  const width = widthOf(cells.filter((cell) => cell.end > start && cell.start < end));
  const text = cells.map(({ shown }) => shown).join('');
  return { text: text.trimEnd(), from, width: Math.max(1, width) };
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
