import { authenticate } from '../app/authenticate.ts';
import { GitopsError } from '../errors.ts';
import { isToolName } from '../model/names.ts';
import type { DeployToken } from '../model/tokens-file.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import type { Api } from './api.ts';
import type { Call } from './route.ts';

export interface Authorized {
  readonly tool: string;
  readonly token: DeployToken;
  /** A head no older than the request. */
  readonly head: Snapshot;
  /** On whose behalf, for commits. */
  readonly by: string;
}

/** Throws `unauthorized`, the same for no token, another tool's, a revoked one and a tool that does not exist. */
export async function authorize({ service, clock, metrics }: Api, call: Call): Promise<Authorized> {
  const tool = call.params.tool ?? '';
  const presented = /^Bearer +(\S+)$/i.exec(call.request.headers.get('authorization') ?? '')?.[1] ?? '';
  const head = await service.heads.at(isToolName(tool) ? tool : undefined);
  const token = await authenticate(head, { tool, presented, now: clock.now() });
  if (token === undefined) {
    throw new GitopsError('unauthorized', 'no valid deploy token for this tool', {
      hint: 'send `Authorization: Bearer tfg_…`; `toolforge-gitops token create TOOL` makes one',
    });
  }
  metrics.onTokenUsed(tool, token.id);
  return { tool, token, head, by: `deploy token ${token.id}` };
}
