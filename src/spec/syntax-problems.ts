import { type LineMap, lineMap } from './line-map.ts';
import type { YamlNode } from './yaml-node.ts';
import { type Problem, syntaxProblem, TAB } from './yaml-problem.ts';
import { unclosed } from './yaml-unclosed.ts';

/** A fault as the library tells it. */
interface Fault {
  readonly code: string;
  readonly pos: readonly [number, number];
}

/** What the library stumbles over for a line or two after a line that it could not make sense of. */
const FOLLOWING = new Set([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'UNEXPECTED_TOKEN',
]);

/** The faults of a text in words for people: where each begins, and none that only follows from another. */
export function syntaxProblems(
  faults: readonly Fault[],
  root: YamlNode | undefined,
  text: string,
): readonly Problem[] {
  const whole = mergeConflict(text) ?? unclosed(root, text) ?? tabs(faults);
  if (whole !== undefined) return [whole];
  const reader = new FaultReader(faults, text);
  return withoutFollowing(faults, reader.lines).map((fault) => reader.read(fault));
}

function mergeConflict(text: string): Problem | undefined {
  const start = text.search(/^<{7} /m);
  if (start < 0 || !/^>{7}(?: |$)/m.test(text)) return undefined;
  return {
    code: 'TFG001',
    start,
    end: start + 7,
    message: 'here begins a merge conflict that git could not resolve',
    suggestion: 'keep one of the two versions, and remove the lines of `<`, `=` and `>`',
  };
}

/** All lines of a file are wrong then, for one reason. */
function tabs(faults: readonly Fault[]): Problem | undefined {
  const indented = faults.filter(({ code }) => code === 'TAB_AS_INDENT');
  const [first] = indented;
  if (first === undefined) return undefined;
  const more = indented.length > 1 ? `, here and in ${indented.length - 1} more places` : '';
  return { ...syntaxProblem(first), message: `${TAB.message}${more}` };
}

/** The first of each line, and none that the library only met because of the line before. */
function withoutFollowing(faults: readonly Fault[], lines: LineMap): readonly Fault[] {
  const seen = new Set<number>();
  let last = Number.NEGATIVE_INFINITY;
  return faults.filter(({ code, pos: [start] }) => {
    const { line } = lines.position(start, start);
    const isFirst = !seen.has(line);
    seen.add(line);
    if (!FOLLOWING.has(code)) return isFirst;
    const follows = line >= last && line <= last + 1;
    last = line;
    return isFirst && !follows;
  });
}

class FaultReader {
  readonly lines: LineMap;
  readonly #text: string;
  /** Where the library met a key that goes on in the next line. */
  readonly #continued: ReadonlySet<number>;

  constructor(faults: readonly Fault[], text: string) {
    this.lines = lineMap(text);
    this.#text = text;
    const continued = faults.filter(({ code }) => code === 'MULTILINE_IMPLICIT_KEY');
    this.#continued = new Set(continued.map(({ pos }) => pos[0]));
  }

  read(fault: Fault): Problem {
    return this.#star(fault) ?? this.#deeper(fault) ?? this.#indented(fault) ?? syntaxProblem(fault);
  }

  /** `schedule: * * * * *`: an alias for YAML, a schedule for people. */
  #star({ code, pos: [start] }: Fault): Problem | undefined {
    if (code !== 'BAD_ALIAS' && code !== 'UNEXPECTED_TOKEN') return undefined;
    const line = this.lines.line(this.lines.position(start, start).line);
    const before = this.#text.slice(line?.start ?? start, start + 1);
    const star = /^[^#'"*]{0,200}[:-][ \t]{1,100}\*/.exec(before)?.[0];
    if (line === undefined || star === undefined) return undefined;
    const at = line.start + star.length - 1;
    return {
      code: 'TFG001',
      start: at,
      end: at + 1,
      message: 'a value that begins with `*` must stand in quotes',
      suggestion: 'such as "* * * * *" or "*/5 * * * *"',
    };
  }

  /** A line below a finished value and deeper than it: the library blames the value. */
  #deeper({ code, pos: [start] }: Fault): Problem | undefined {
    if (code !== 'BLOCK_AS_IMPLICIT_KEY' || !this.#continued.has(start)) return undefined;
    const { line: number } = this.lines.position(start, start);
    const above = this.#lineAt(number);
    const below = this.#lineFrom(number + 1);
    if (above?.first === undefined || below?.first === undefined || below.indent <= above.indent)
      return undefined;
    return {
      code: 'TFG001',
      start: below.first,
      end: below.end,
      message: 'this line is indented deeper than the one above it, which already has a value',
      suggestion: 'indent keys of the same map equally',
    };
  }

  /** Of a line at fault its text, not the blanks before it, and no comment above it. */
  #indented(fault: Fault): Problem | undefined {
    const [start] = fault.pos;
    const { line: number, column } = this.lines.position(start, start);
    const line = fault.code === 'BAD_INDENT' && column === 1 ? this.#lineFrom(number) : undefined;
    if (line?.first === undefined) return undefined;
    return { ...syntaxProblem(fault), start: line.first, end: line.end };
  }

  /** The first line with something on it. */
  #lineFrom(number: number) {
    let next = number;
    while (this.lines.line(next) !== undefined && this.#lineAt(next)?.first === undefined) next += 1;
    return this.#lineAt(next);
  }

  /** A line by its number; `first` is missing for a blank one and a comment. */
  #lineAt(number: number): { indent: number; first: number | undefined; end: number } | undefined {
    const line = this.lines.line(number);
    if (line === undefined) return undefined;
    const text = this.#text.slice(line.start, line.end);
    const indent = text.search(/[^ ]/);
    const blank = indent < 0 || text[indent] === '#';
    return { indent, first: blank ? undefined : line.start + indent, end: line.end };
  }
}
