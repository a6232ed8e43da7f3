import type { Diagnostic } from '../spec/diagnostic.ts';
import { inOrder, type Report } from '../spec/report.ts';

/** Diagnostics as workflow commands, which GitHub and Gitea show beside the lines of a pull request. */
export function renderGithub({ diagnostics }: Report): string {
  return inOrder(diagnostics)
    .map((each) => `${commandOf(each)}\n`)
    .join('');
}

function commandOf(diagnostic: Diagnostic): string {
  const { severity, file, line, column, endLine, endColumn, code, message, suggestion } = diagnostic;
  const properties = {
    file,
    line,
    endLine,
    col: column,
    // Columns count within one line alone, and the last one is inclusive.
    ...(endLine === line && { endColumn: Math.max(column, endColumn - 1) }),
    title: code,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const text = suggestion === undefined ? message : `${message}\n${suggestion}`;
  return `::${severity} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
