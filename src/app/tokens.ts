import { plainToolMessage } from '../change/commit-message.ts';
import { tokensText } from '../change/tokens-text.ts';
import { GitopsError } from '../errors.ts';
import type { Change } from '../model/change.ts';
import { toolFile } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { DeployToken, TokensFile } from '../model/tokens-file.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { checkTokens } from '../spec/check-tokens.ts';
import { InvalidSpecError } from './invalid-spec-error.ts';
import type { Edit } from './land.ts';

/** More is a sign of a script gone wild. */
const TOKENS_MAX = 50;

/** Adds a token to its tool's tokens.yaml. */
export function createTokenEdit(tool: string, token: DeployToken): Edit {
  return tokensEdit(tool, `create deploy token ${token.id}`, ({ tokens }) => {
    if (tokens.some(({ id }) => id === token.id)) return undefined;
    if (tokens.length < TOKENS_MAX) return [...tokens, token];
    throw new GitopsError('refused', `tool "${tool}" has ${tokens.length} tokens already`, {
      hint: 'revoke those that nobody uses: toolforge-gitops token list, token revoke',
    });
  });
}

/** Takes a token out; throws `not-found` when there was none such to begin with. */
export function revokeTokenEdit(tool: string, id: string): Edit {
  let isKnown = false;
  return tokensEdit(tool, `revoke deploy token ${id}`, ({ tokens }) => {
    const kept = tokens.filter((token) => token.id !== id);
    if (kept.length < tokens.length) isKnown = true;
    if (!isKnown) {
      throw new GitopsError('not-found', `tool "${tool}" has no such token`, {
        hint: `ids of its tokens: ${tokens.map((token) => token.id).join(', ') || 'none'}`,
      });
    }
    return kept.length === tokens.length ? undefined : kept;
  });
}

/** Throws `not-found` for a tool that is not there, `invalid-spec` for a file that cannot be read. */
export async function readTokens(head: Snapshot, tool: string): Promise<TokensFile> {
  if (!isToolName(tool)) throw noSuchTool(tool);
  const file = toolFile(tool, 'tokens.yaml');
  const [spec, text] = await head.read([toolFile(tool, 'toolforge.yaml'), file]);
  if (spec === undefined) throw noSuchTool(tool);
  const { tokens, diagnostics } = checkTokens(text === undefined ? undefined : { file, text });
  if (tokens !== undefined) return tokens;
  throw new InvalidSpecError(file, diagnostics, new Map());
}

/** `undefined` from `decide`: nothing to do. */
function tokensEdit(
  tool: string,
  what: string,
  decide: (file: TokensFile) => readonly DeployToken[] | undefined,
): Edit {
  return async (head): Promise<Change | undefined> => {
    const tokens = decide(await readTokens(head, tool));
    if (tokens === undefined) return undefined;
    const text = tokensText({ tokens });
    return { files: [{ path: toolFile(tool, 'tokens.yaml'), text }], message: plainToolMessage(tool, what) };
  };
}

function noSuchTool(tool: string): GitopsError {
  const shown = isToolName(tool) ? ` "${tool}"` : '';
  return new GitopsError('not-found', `no such tool${shown} in the config repo`, {
    hint: 'a tool is added by its folder with a toolforge.yaml',
  });
}
