import type { TokensFile } from '../model/tokens-file.ts';
import { isBlank } from './blank.ts';
import { type Diagnostic, isError } from './diagnostic.ts';
import { folded } from './folded.ts';
import { parseYaml } from './parse-yaml.ts';
import { checkShape } from './shape.ts';
import type { SourceFile } from './source-file.ts';
import { strictly } from './strictly.ts';
import { TOKEN_KEYS, tokensSchema } from './tokens-schema.ts';

export interface CheckedTokens {
  /** `undefined` when there is an error. */
  readonly tokens: TokensFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads tokens.yaml; without one nobody may deploy through the service. */
export function checkTokens(source: SourceFile | undefined): CheckedTokens {
  if (source === undefined || isBlank(source)) return { tokens: { tokens: [] }, diagnostics: [] };
  const { value, diagnostics: shape } = checkShape(parseYaml(source), tokensSchema);
  const diagnostics = strictly(folded(shape)).map(withoutKeys);
  if (value === undefined || diagnostics.some(isError)) return { tokens: undefined, diagnostics };
  const tokens = (value.tokens ?? []).map(({ note, expires_at, ...token }) => ({
    ...token,
    ...(note !== undefined && { note }),
    ...(expires_at !== undefined && { expires_at }),
  }));
  return { tokens: { tokens }, diagnostics };
}

/** Paths of keys that belong here; any other may be a token, put there by mistake. */
const KNOWN = new RegExp(`^(?:tokens(?:\\[\\d+\\](?:\\.(?:${TOKEN_KEYS.join('|')}))?)?)?$`);

function withoutKeys(diagnostic: Diagnostic): Diagnostic {
  if (KNOWN.test(diagnostic.path)) return diagnostic;
  const suggestion = 'let `toolforge-gitops token` write this file';
  return { ...diagnostic, path: '', message: 'a key that has no place here', suggestion };
}
