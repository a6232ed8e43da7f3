import type { z } from 'zod';
import { type ErrorCode, GitopsError } from '../../errors.ts';
import type { Reply } from './gitea-client.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

/** What a status means wherever it comes from; of the others only that the remote failed is known. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  401: {
    code: 'permission',
    what: 'the token is not valid',
    hint: 'set TFG_GITEA_TOKEN to a token of this server that has not been revoked',
  },
  403: {
    code: 'permission',
    what: 'the token may not do this',
    hint: "give the token the scope write:repository and its user write access to this repo; look at the branch's protection as well",
  },
  404: {
    code: 'unavailable',
    what: 'not there, or the token may not see it',
    hint: 'check the address and TFG_GITEA_TOKEN',
  },
  423: {
    code: 'permission',
    what: 'the repository is archived',
    hint: 'unarchive it in its settings, or name the repository that took its place',
  },
};

export function replyError(name: string, doing: string, reply: Reply): GitopsError {
  const { code, what, hint } = meaningOf(reply);
  return new GitopsError(code, `${name}: cannot ${doing}: ${what}`, { hint });
}

/** What Gitea itself says is not there; a proxy's 404 has no JSON and says nothing about the repo. */
export function isMissing({ status, json }: Reply): boolean {
  return status === 404 && json !== undefined;
}

function meaningOf(reply: Reply): Meaning {
  const { status, text } = reply;
  if (status === 404 && !isMissing(reply)) {
    return {
      code: 'remote-failed',
      what: 'the server has no Gitea API there (404)',
      hint: 'check the address, with the folder that Gitea lies in',
    };
  }
  if (status >= 300 && status < 400) {
    return {
      code: 'remote-failed',
      what: `the server redirects (${status})`,
      hint: 'name the address that the repository has now',
    };
  }
  return (
    MEANINGS[status] ?? {
      code: 'remote-failed',
      what: status === 0 ? text : `the server answered ${status}`,
      hint: 'run the same command again, it is safe; if it stays so, look at the server and the network',
    }
  );
}

/** The answer's value. Throws `remote-failed` for one that is not as Gitea's are. */
export function parseReply<T extends z.ZodType>(
  schema: T,
  reply: Reply,
  { name, doing }: { readonly name: string; readonly doing: string },
): z.infer<T> {
  if (reply.status < 200 || reply.status >= 300) throw replyError(name, doing, reply);
  const parsed = schema.safeParse(reply.json);
  if (parsed.success) return parsed.data;
  throw new GitopsError(
    'remote-failed',
    `${name}: cannot ${doing}: the answer is not what Gitea's API gives`,
    {
      hint: 'check that the address is that of a Gitea server, with the folder it lies in',
    },
  );
}
