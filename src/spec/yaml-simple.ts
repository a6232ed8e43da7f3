import { DEPTH_MAX } from './yaml-compose.ts';
import type { PairNode, ScalarNode, YamlNode } from './yaml-node.ts';
import { resolvePlain } from './yaml-scalar.ts';

/**
 * Reads the YAML that nearly every file is written in, some ten times faster than the library: block maps and lists, plain
 * keys, values on one line without escapes. Answers `undefined` for anything else, and for anything doubtful: then the
 * library reads the file. What is read here is read the same there; a property test holds the two together.
 */
export function readSimpleYaml(text: string): YamlNode | undefined {
  if (/[\t\r\ufeff]/.test(text)) return undefined;
  const reader = new SimpleReader(text);
  const root = reader.line === undefined ? undefined : reader.block(0);
  return reader.line === undefined && !reader.failed ? root : undefined;
}

/** A line with something on it; offsets of its first character and of its end. */
interface Line {
  readonly indent: number;
  readonly start: number;
  readonly end: number;
  readonly item: boolean;
}

const KEY = /[A-Za-z_][A-Za-z0-9_.-]{0,199}(?=:(?: |\n|$))/y;
/** First characters after which a plain value is nothing but text up to the end of its line. */
const PLAIN = /[A-Za-z0-9_/.~$+(]|-[A-Za-z0-9.]/y;
const QUOTED = /"[^"\\\n]*"|'[^'\n]*'/y;
const SPACE = 32;
const DASH = 45;
const HASH = 35;

class SimpleReader {
  readonly #text: string;
  #next = 0;
  /** The line that is read next. */
  line: Line | undefined;
  failed = false;

  constructor(text: string) {
    this.#text = text;
    this.#advance();
    const { line } = this;
    const marker = line !== undefined && line.indent === 0 && text.slice(line.start, line.end) === '---';
    if (marker) this.#advance();
  }

  /** The map or list whose first line is the current one. */
  block(level: number): YamlNode {
    const { line } = this;
    if (line === undefined || level > DEPTH_MAX - 2) return this.#fail();
    return line.item ? this.#list(line.indent, level) : this.#map(line, level);
  }

  #map(first: Line, level: number): YamlNode {
    const pairs: PairNode[] = [];
    let end = first.start;
    for (let { line } = this; line?.indent === first.indent && !line.item; { line } = this) {
      const key = this.#key(line);
      if (key === undefined) return this.#fail();
      const value = this.#value(key.end + 1, line, level);
      pairs.push({ key, value });
      end = value.end;
      if (this.failed) break;
    }
    return { kind: 'map', start: first.start, end, flow: false, pairs };
  }

  #list(indent: number, level: number): YamlNode {
    const start = this.line?.start ?? 0;
    const items: YamlNode[] = [];
    for (let { line } = this; line?.indent === indent && line.item; { line } = this) {
      items.push(this.#item(line, level));
      if (this.failed) break;
    }
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, flow: false, items };
  }

  /** After the dash: a value of its own, or the first key of a map that stands where the key does. */
  #item(line: Line, level: number): YamlNode {
    const start = this.#skipSpaces(line.start + 1, line.end);
    if (start < line.end && this.#text.charCodeAt(start) !== HASH) {
      const inner: Line = { indent: line.indent + start - line.start, start, end: line.end, item: false };
      if (this.#key(inner) !== undefined) {
        this.line = inner;
        return level > DEPTH_MAX - 3 ? this.#fail() : this.#map(inner, level + 1);
      }
    }
    return this.#value(line.start + 1, line, level);
  }

  #key({ start }: Line): ScalarNode | undefined {
    KEY.lastIndex = start;
    const text = KEY.exec(this.#text)?.[0];
    return text === undefined ? undefined : plainNode(text, start);
  }

  /** What stands at `from` up to the end of the line, or on the deeper lines below it. */
  #value(from: number, line: Line, level: number): YamlNode {
    const start = this.#skipSpaces(from, line.end);
    if (start === line.end || (this.#text.charCodeAt(start) === HASH && start > from)) {
      this.#advance();
      return this.#below(from, line, level);
    }
    const scalar = this.#quoted(start, line.end) ?? this.#plain(start, line.end);
    this.#advance();
    if (scalar === undefined || (this.line?.indent ?? 0) > line.indent) return this.#fail();
    return scalar;
  }

  #below(from: number, { indent, item }: Line, level: number): YamlNode {
    const { line } = this;
    // The list of a key may stand right below it, without indentation.
    const deeper =
      line !== undefined && (line.indent > indent || (line.indent === indent && line.item && !item));
    if (deeper) return this.block(level + 1);
    return item ? this.#fail() : plainNode('', from);
  }

  #quoted(start: number, end: number): ScalarNode | undefined {
    QUOTED.lastIndex = start;
    const match = QUOTED.exec(this.#text)?.[0];
    if (match === undefined || start + match.length > end) return undefined;
    const after = start + match.length;
    const rest = this.#skipSpaces(after, end);
    const comment = rest > after && this.#text.charCodeAt(rest) === HASH;
    if (rest < end && !comment) return undefined;
    const value = match.slice(1, -1);
    return { kind: 'scalar', start, end: after, value, text: value, merge: false, quoted: true };
  }

  #plain(start: number, end: number): ScalarNode | undefined {
    PLAIN.lastIndex = start;
    if (!PLAIN.test(this.#text)) return undefined;
    const line = this.#text.slice(start, end);
    const comment = line.indexOf(' #');
    let last = comment < 0 ? line.length : comment;
    while (line.charCodeAt(last - 1) === SPACE) last -= 1;
    const text = line.slice(0, last);
    return text.includes(': ') || text.endsWith(':') ? undefined : plainNode(text, start);
  }

  #skipSpaces(from: number, end: number): number {
    let at = from;
    while (at < end && this.#text.charCodeAt(at) === SPACE) at += 1;
    return at;
  }

  /** Goes to the next line that is neither blank nor a comment. */
  #advance(): void {
    const text = this.#text;
    this.line = undefined;
    while (this.#next < text.length) {
      const from = this.#next;
      const newline = text.indexOf('\n', from);
      const end = newline < 0 ? text.length : newline;
      this.#next = end + 1;
      const start = this.#skipSpaces(from, end);
      if (start === end || text.charCodeAt(start) === HASH) continue;
      const after = text.charCodeAt(start + 1);
      const item = text.charCodeAt(start) === DASH && (start + 1 === end || after === SPACE);
      this.line = { indent: start - from, start, end, item };
      return;
    }
  }

  #fail(): YamlNode {
    this.failed = true;
    return plainNode('', 0);
  }
}

function plainNode(text: string, start: number): ScalarNode {
  const value = resolvePlain(text);
  return { kind: 'scalar', start, end: start + text.length, value, text, merge: false, quoted: false };
}
