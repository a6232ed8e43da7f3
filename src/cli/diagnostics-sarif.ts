import { CODES } from '../spec/codes.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import { inOrder, type Report } from '../spec/report.ts';

/** Diagnostics as SARIF 2.1.0, for code scanning. */
export function renderSarif({ diagnostics }: Report): string {
  const ordered = inOrder(diagnostics);
  const codes = [...new Set(ordered.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'toolforge-gitops', rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: ordered.map((each) => resultOf(each, codes.indexOf(each.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(id: string) {
  const meanings: Readonly<Record<string, string>> = CODES;
  const text = Object.hasOwn(meanings, id) ? meanings[id] : undefined;
  return { id, shortDescription: { text: text ?? id } };
}

function resultOf(diagnostic: Diagnostic, ruleIndex: number) {
  const { code, severity, message, suggestion, file, path, line, column, endLine, endColumn } = diagnostic;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: suggestion === undefined ? message : `${message}\n${suggestion}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
        ...(path !== '' && { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  };
}

/** A relative reference: a colon in its first segment would make that a scheme. */
function uriOf(file: string): string {
  return file.replaceAll('\\', '/').toWellFormed().split('/').map(encodeURIComponent).join('/');
}
