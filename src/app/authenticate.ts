import { findToken } from '../model/deploy-token.ts';
import { toolFile } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { DeployToken } from '../model/tokens-file.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { checkTokens } from '../spec/check-tokens.ts';

/** Parsed for a tool that has no tokens, so that it takes as long as for one that has. */
const NO_TOKENS = `tokens:
- id: nobody
  created_by: nobody
  created_at: '1970-01-01T00:00:00Z'
  sha256: '${'0'.repeat(64)}'
`;

/**
 * The deploy token of a tool that was presented, if there is one and it is good. A tool that does not exist, another
 * tool's token, a revoked and an expired one all come to the same: nothing, after the same work.
 */
export async function authenticate(
  head: Snapshot,
  { tool, presented, now }: { tool: string; presented: string; now: number },
): Promise<DeployToken | undefined> {
  const isPossible = isToolName(tool);
  const file = toolFile(isPossible ? tool : 'nobody', 'tokens.yaml');
  const [text = NO_TOKENS] = await head.read([file]);
  const { tokens = { tokens: [] } } = checkTokens({ file, text });
  const found = findToken(tokens, presented, now);
  return isPossible ? found : undefined;
}
