import type { Json } from '../model/json.ts';
import type { Diagnostic, SpecPath } from './diagnostic.ts';
import { formatPath } from './format-path.ts';
import { type LineMap, lineMap } from './line-map.ts';
import type { ParsedFile, SourceFile } from './source-file.ts';
import { composeYaml } from './yaml-compose.ts';
import { nodeAt, placeOf } from './yaml-lookup.ts';
import type { YamlNode } from './yaml-node.ts';
import type { Problem } from './yaml-problem.ts';
import { readSimpleYaml } from './yaml-simple.ts';
import { type ValueProblem, valuesOf } from './yaml-values.ts';

/** Largest file that is read: 256 KiB. */
export const SIZE_MAX = 256 * 1024;
/** One slip of a quote can make a fault of every line after it: the first few tell the story. */
const SYNTAX_PROBLEMS_MAX = 5;

/** Reads one YAML document as PyYAML would, within limits; all faults are diagnostics. */
export function parseYaml({ file, text: raw }: SourceFile): ParsedFile {
  const text = withoutBom(raw);
  const unreadable = textProblem(text);
  if (unreadable !== undefined)
    return parsedFile({ file, text, root: undefined, value: undefined, problems: [unreadable] });
  const simple = readSimpleYaml(text);
  const { root, problems } = simple === undefined ? composeYaml(text) : { root: simple, problems: [] };
  if (problems.length > 0) {
    const first = onePerLine(problems, lineMap(text));
    return parsedFile({ file, text, root, value: undefined, problems: first });
  }
  if (root === undefined) return parsedFile({ file, text, root, value: undefined, problems: [EMPTY] });
  const values = valuesOf(root);
  const failed = values.problems.some(({ severity, code }) => severity === 'error' && code !== 'TFG003');
  return parsedFile({
    file,
    text,
    root,
    value: failed ? undefined : values.value,
    problems: values.problems,
  });
}

const EMPTY: Problem = {
  code: 'TFG008',
  start: 0,
  end: 0,
  message: 'the file is empty',
  suggestion: 'write what it is to say, or delete it where it is not needed',
};

export function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** What PyYAML calls printable, and without U+FFFD, which stands for bytes that are no UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffd-\uffff]/;

function textProblem(text: string): Problem | undefined {
  if (isTooLarge(text)) {
    const message = `the file is larger than ${SIZE_MAX / 1024} KiB`;
    const suggestion = 'shorten it: leave out what is not needed, or share the work among several tools';
    return { code: 'TFG002', start: 0, end: 0, message, suggestion };
  }
  const at = text.search(UNPRINTABLE);
  if (at < 0) return undefined;
  const message = 'the file is no UTF-8 text: it holds a control character or other binary data';
  const suggestion = 'save it as UTF-8, without binary content';
  return { code: 'TFG007', start: at, end: at + 1, message, suggestion };
}

export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= SIZE_MAX) return false;
  return text.length > SIZE_MAX || new TextEncoder().encode(text).length > SIZE_MAX;
}

function onePerLine(problems: readonly Problem[], lines: LineMap): readonly Problem[] {
  const seen = new Set<number>();
  const kept = problems.filter(({ start }) => {
    const { line } = lines.position(start, start);
    if (seen.has(line)) return false;
    seen.add(line);
    return true;
  });
  return kept.slice(0, SYNTAX_PROBLEMS_MAX);
}

interface Parts {
  readonly file: string;
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly value: Json | undefined;
  readonly problems: readonly (Problem | ValueProblem)[];
}

function parsedFile({ file, text, root, value, problems }: Parts): ParsedFile {
  let lines: LineMap | undefined;
  const positionOf = (start: number, end: number) => {
    lines ??= lineMap(text);
    return lines.position(start, end);
  };
  const toDiagnostic = (problem: Problem | ValueProblem): Diagnostic => ({
    file,
    ...positionOf(problem.start, problem.end),
    severity: 'severity' in problem ? problem.severity : 'error',
    code: problem.code,
    message: problem.message + firstLine(problem, positionOf),
    path: 'path' in problem ? formatPath(problem.path) : '',
    suggestion: problem.suggestion,
  });
  return {
    file,
    value,
    diagnostics: problems.map(toDiagnostic),
    locate(path: SpecPath, what = 'value') {
      const { start, end } = placeOf(root, path, what);
      return positionOf(start, end);
    },
    written(path) {
      const node = nodeAt(root, path);
      return node?.kind === 'scalar' ? node.text : undefined;
    },
  };
}

function firstLine(problem: Problem | ValueProblem, positionOf: LineMap['position']): string {
  if (!('firstAt' in problem) || problem.firstAt === undefined) return '';
  return `, in line ${positionOf(problem.firstAt, problem.firstAt).line}`;
}
