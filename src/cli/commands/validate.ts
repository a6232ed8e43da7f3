import { resolve } from 'node:path';
import { checkLoneFile } from '../../app/check-lone-file.ts';
import { treeOfFiles } from '../../app/tree.ts';
import { checkRepo } from '../../app/validate.ts';
import { looksLikeFile, mergeReports, validateFile } from '../../app/validate-targets.ts';
import { isError } from '../../spec/diagnostic.ts';
import type { Report } from '../../spec/report.ts';
import { strictly } from '../../spec/strictly.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { DIAGNOSTIC_FORMATS, renderDiagnostics } from '../diagnostics.ts';
import { ExitCode } from '../exit-code.ts';
import { missingPlatformNote } from '../missing-platform.ts';
import { openRoot, rootOf } from '../target.ts';

export const validateCommand: CommandDefinition = {
  description:
    'Without arguments: the whole config repo. A file in a config repo is checked with its tenant.yaml and the platform; ' +
    'any other file is held against the built-in defaults. `-` reads standard input.',
  arguments: [{ name: '[tool-or-file...]', description: 'tools by name or folder, or files' }],
  options: [{ flags: '--strict', description: 'unknown keys are errors' }],
  formats: DIAGNOSTIC_FORMATS,
  examples: [
    'toolforge-gitops validate',
    'toolforge-gitops validate hello',
    'toolforge-gitops validate ./toolforge.yaml',
  ],
  async run(invocation) {
    const { options, format, out } = invocation;
    const report = await check(invocation);
    const note = invocation.words.length === 0 ? missingPlatformNote(report) : undefined;
    if (note !== undefined) out.note(note);
    const diagnostics = options.flag('strict') ? strictly(report.diagnostics) : report.diagnostics;
    out.print(renderDiagnostics({ ...report, diagnostics }, { format, colour: out.colour }));
    return diagnostics.some(isError) ? ExitCode.findings : ExitCode.ok;
  },
};

async function check(invocation: Invocation): Promise<Report> {
  const { words, deps } = invocation;
  const files = openRoot(invocation);
  if (words.length === 0) return checkRepo(treeOfFiles(files));
  const tools = words.filter((word) => word !== '-' && !looksLikeFile(word));
  const parts: Report[] = [];
  if (tools.length > 0) parts.push(await checkRepo(treeOfFiles(files), tools));
  for (const word of words) {
    if (word === '-') parts.push(checkLoneFile('stdin', await deps.readStdin()));
    else if (looksLikeFile(word)) {
      parts.push(await validateFile({ word, path: resolve(rootOf(invocation), word) }, deps.openFiles));
    }
  }
  return mergeReports(parts);
}
