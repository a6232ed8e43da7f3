import { createHash } from 'node:crypto';

/** A branch of a repo on a Gitea, real or stand-in, that one test may write. */
export interface GiteaPlace {
  /** Base address of the server, without a slash at its end. */
  readonly url: string;
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
  readonly branch: string;
  readonly repoUrl: string;
  readonly cloneUrl: string;
  close(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  /** `undefined` when the body is no JSON. */
  readonly json: unknown;
  readonly headers: Headers;
}

/** A call of the API below the repo. */
export async function callRepo(
  { url, owner, repo, token }: GiteaPlace,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const response = await fetch(`${url}/api/v1/repos/${owner}/${repo}${path}`, {
    method,
    headers: { Authorization: `token ${token}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: parse(text), headers: response.headers };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The id that git gives a file's content. */
export function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}
