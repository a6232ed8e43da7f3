import { InvalidSpecError } from '../app/invalid-spec-error.ts';
import type { GitopsError } from '../errors.ts';
import { hideCredentials } from '../model/without-credentials.ts';
import { diagnosticsValue } from './diagnostics-json.ts';
import type { Output } from './output.ts';

/** Tells a foreseen failure: for people on stderr, and for programs as the one JSON value on stdout. */
export async function tellFailure(
  error: GitopsError,
  { out, format }: { out: Output; format: string },
): Promise<void> {
  if (error instanceof InvalidSpecError) {
    const { diagnostics, sources } = error;
    // Loaded when there is something to show: it brings the schemas along.
    const { renderFindings } = await import('./diagnostics-text.ts');
    const findings = renderFindings({ diagnostics, sources, tools: 0 }, { colour: false });
    if (findings !== '') out.error(`${findings}\n`);
  }
  out.error(hideCredentials(`error: ${error.message}`));
  if (error.hint !== undefined) out.error(hideCredentials(`  hint: ${error.hint}`));
  if (format === 'json') out.print(JSON.stringify(failureValue(error)));
}

function failureValue(error: GitopsError): Record<string, unknown> {
  const { code, message, hint } = error;
  const told = {
    error: {
      code,
      message: hideCredentials(message),
      hint: hint === undefined ? null : hideCredentials(hint),
    },
  };
  return error instanceof InvalidSpecError
    ? { ...told, diagnostics: diagnosticsValue(error.diagnostics) }
    : told;
}

/** A command line that could not be read, for programs: the library's words, its suggestion as the hint. */
export function usageJson(message: string): string {
  const [first = '', ...more] = message.replace(/^error: /, '').split('\n');
  const hint = more.join(' ').replace(/^\((.*)\)$/, '$1');
  return JSON.stringify({ error: { code: 'usage', message: first, hint: hint === '' ? null : hint } });
}

/** An unknown option's value may be a token that somebody meant to hand over, and a word an address with a password. */
export function withoutSecrets(message: string): string {
  return hideCredentials(message).replace(/(unknown option '-[^'=\s]*)=[^\n]*'/, "$1'");
}
