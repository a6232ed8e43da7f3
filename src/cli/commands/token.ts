import { land } from '../../app/land.ts';
import { createTokenEdit, readTokens, revokeTokenEdit } from '../../app/tokens.ts';
import { GitopsError } from '../../errors.ts';
import { oneLine } from '../../model/commit-message.ts';
import { isExpired, makeToken } from '../../model/deploy-token.ts';
import { formatTime, parseTime } from '../../model/time.ts';
import type { DeployToken } from '../../model/tokens-file.ts';
import type { CommandDefinition, Invocation } from '../command.ts';
import { actorOf, BY_OPTION, landOptions, openConfigRepo, REPO_OPTIONS } from '../config-repo.ts';
import { ExitCode } from '../exit-code.ts';

const NOTE_MAX = 200;

export const tokenCommand: CommandDefinition = {
  description:
    'A token lets CI deploy one tool through the service. `create` prints it once; only its hash is kept, in ' +
    'tools-config/<tool>/tokens.yaml. `revoke` takes the id that `list` shows.',
  arguments: [
    { name: '<action>', description: 'create, list or revoke' },
    { name: '<tool>', description: 'whose' },
    { name: '[id]', description: 'of the token to revoke' },
  ],
  options: [
    ...REPO_OPTIONS,
    { flags: '--note <text>', description: 'what it is for' },
    { flags: '--expires <time>', description: 'when it ends, as 2027-01-01T00:00:00Z (else never)' },
    BY_OPTION,
  ],
  examples: [
    'toolforge-gitops token create hello --note "CI"',
    'toolforge-gitops token revoke hello k3v9q0x2',
  ],
  async run(invocation) {
    const [action, tool = '', id] = invocation.words;
    if (action === 'create') return createToken(invocation, tool);
    if (action === 'list') return listTokens(invocation, tool);
    if (action === 'revoke' && id !== undefined) return revokeToken(invocation, tool, id);
    throw new GitopsError('usage', 'create, list or revoke; revoke needs the id of a token');
  },
};

async function createToken(invocation: Invocation, tool: string): Promise<ExitCode> {
  const { deps, out, format } = invocation;
  const { id, token, sha256 } = makeToken(deps.random);
  const entry = entryOf(invocation, { id, sha256 });
  const repo = await openConfigRepo(invocation);
  const { commit } = await land(repo, createTokenEdit(tool, entry), landOptions(invocation));
  if (format === 'json') {
    out.print(JSON.stringify({ tool, id, token, expires: entry.expires_at ?? null, commit }));
    return ExitCode.ok;
  }
  out.print(token);
  out.note(
    `token ${id} of ${tool}, shown this once: keep it in CI's secrets (commit ${commit.slice(0, 10)})`,
  );
  return ExitCode.ok;
}

function entryOf(invocation: Invocation, { id, sha256 }: Pick<DeployToken, 'id' | 'sha256'>): DeployToken {
  const { deps, options } = invocation;
  const note = oneLine(options.text('note') ?? '').slice(0, NOTE_MAX);
  const expires = options.text('expires');
  const end = expires === undefined ? undefined : parseTime(expires);
  if (expires !== undefined && !(end !== undefined && end > deps.clock.now())) {
    throw new GitopsError('usage', '--expires must be a time to come', {
      hint: 'write it as 2027-01-01T00:00:00Z',
    });
  }
  return {
    id,
    sha256,
    created_by: oneLine(actorOf(invocation)) || 'unknown',
    created_at: formatTime(Math.floor(deps.clock.now() / 1000) * 1000),
    ...(note !== '' && { note }),
    ...(end !== undefined && { expires_at: formatTime(end) }),
  };
}

async function listTokens(invocation: Invocation, tool: string): Promise<ExitCode> {
  const { deps, out, format } = invocation;
  const repo = await openConfigRepo(invocation);
  const { tokens } = await readTokens(await repo.head(), tool);
  const shown = tokens.map(({ sha256: _, ...token }) => ({
    ...token,
    expired: isExpired(token, deps.clock.now()),
  }));
  if (format === 'json') {
    out.print(JSON.stringify({ tool, tokens: shown }));
    return ExitCode.ok;
  }
  const lines = shown.map(({ id, note, created_by, created_at, expires_at, expired }) => {
    const end = expires_at === undefined ? '' : `, ${expired ? 'expired' : 'expires'} ${expires_at}`;
    return `${id}  ${note ?? '-'}  (${created_by}, ${created_at}${end})`;
  });
  out.print(lines.length > 0 ? lines.join('\n') : `${tool} has no deploy tokens`);
  return ExitCode.ok;
}

async function revokeToken(invocation: Invocation, tool: string, id: string): Promise<ExitCode> {
  const { out, format } = invocation;
  const repo = await openConfigRepo(invocation);
  const { commit } = await land(repo, revokeTokenEdit(tool, id), landOptions(invocation));
  out.print(
    format === 'json'
      ? JSON.stringify({ tool, id, commit })
      : `token ${oneLine(id)} of ${tool} is revoked (commit ${commit.slice(0, 10)})`,
  );
  return ExitCode.ok;
}
