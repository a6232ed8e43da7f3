import type { Report } from '../spec/report.ts';
import { renderGithub } from './diagnostics-github.ts';
import { renderJson } from './diagnostics-json.ts';
import { renderSarif } from './diagnostics-sarif.ts';
import { renderText } from './diagnostics-text.ts';

/** What `validate --format` takes, the default first. */
export const DIAGNOSTIC_FORMATS = ['text', 'json', 'github', 'sarif'] as const;

export interface Shown {
  readonly format: string;
  readonly colour: boolean;
}

export function renderDiagnostics(report: Report, { format, colour }: Shown): string {
  if (format === 'json') return renderJson(report);
  if (format === 'github') return renderGithub(report);
  if (format === 'sarif') return renderSarif(report);
  return renderText(report, { colour });
}
