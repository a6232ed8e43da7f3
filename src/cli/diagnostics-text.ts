import type { Diagnostic } from '../spec/diagnostic.ts';
import { type Excerpt, excerptsOf } from '../spec/excerpt.ts';
import { schemaOfFile } from '../spec/file-schemas.ts';
import { countOf, inOrder, type Report } from '../spec/report.ts';
import { treeOf } from '../spec/shape.ts';
import { printable } from '../spec/words.ts';
import { counted } from './counted.ts';

/** Diagnostics for people, as a good compiler shows them: the line, what is meant in it, and what to do. */
export function renderText(report: Report, { colour }: { colour: boolean }): string {
  const blocks = [renderFindings(report, { colour }), summaryOf(report, colour ? painted : plain)];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The findings alone, without the count at the end. */
export function renderFindings(report: Report, { colour }: { colour: boolean }): string {
  const paint = colour ? painted : plain;
  const excerpts = new Map<string, ReturnType<typeof excerptsOf>>();
  const blocks = inOrder(report.diagnostics).map((diagnostic) => {
    const { file } = diagnostic;
    const text = report.sources.get(file);
    if (text !== undefined && !excerpts.has(file))
      excerpts.set(file, excerptsOf(text, treeOf(schemaOfFile(file))));
    return blockOf(diagnostic, excerpts.get(file)?.(diagnostic), paint);
  });
  return blocks.join('\n\n');
}

type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { error: '1;31', warning: '1;33', strong: '1', frame: '1;34', good: '1;32' } as const;
const plain: Paint = (_, text) => text;
const painted: Paint = (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m`;

function blockOf(diagnostic: Diagnostic, excerpt: Excerpt | undefined, paint: Paint): string {
  const { severity, code, message, file, line, column, suggestion } = diagnostic;
  const gutter = ' '.repeat(String(line).length);
  const head = paint(severity, `${severity}[${code}]`) + paint('strong', `: ${printable(message)}`);
  const lines = [head, `${gutter}${paint('frame', '-->')} ${printable(file)}:${line}:${column}`];
  if (excerpt !== undefined) lines.push(...excerptLines(excerpt, severity, gutter, paint));
  if (suggestion !== undefined) {
    lines.push(`${gutter} ${paint('frame', '=')} ${paint('strong', 'help')}: ${printable(suggestion)}`);
  }
  return lines.join('\n');
}

function excerptLines(
  { line, text, from, width }: Excerpt,
  severity: Diagnostic['severity'],
  gutter: string,
  paint: Paint,
): readonly string[] {
  const bar = paint('frame', '|');
  const carets = ' '.repeat(from) + paint(severity, '^'.repeat(width));
  return [`${gutter} ${bar}`, `${paint('frame', String(line))} ${bar} ${text}`, `${gutter} ${bar} ${carets}`];
}

function summaryOf({ diagnostics, tools }: Report, paint: Paint): string {
  const errors = countOf(diagnostics, 'error');
  const warnings = countOf(diagnostics, 'warning');
  const checked = `${counted(tools, 'tool')} checked`;
  if (errors + warnings === 0) return `${checked}: ${paint('good', 'no problems found')}`;
  const parts = [
    ...(errors > 0 ? [paint('error', counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [paint('warning', counted(warnings, 'warning'))] : []),
  ];
  return `${checked}: ${parts.join(' and ')}`;
}
