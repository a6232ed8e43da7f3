import { basicAuthorization } from './git-env.ts';
import type { RemoteUrl } from './remote-url.ts';

export type Service = 'git-upload-pack' | 'git-receive-pack';

const TIMEOUT = 10_000;

/**
 * The HTTP status by which a server answers the first request of a fetch or a push; `undefined` without an answer. Git
 * tells a refusal from a broken connection by its words alone, and those are not to be relied on.
 */
export async function probeHttp(
  remote: RemoteUrl,
  token: string | undefined,
  service: Service,
): Promise<number | undefined> {
  const authorization = basicAuthorization(remote, token);
  try {
    const response = await fetch(`${remote.url.replace(/\/+$/, '')}/info/refs?service=${service}`, {
      headers: {
        'user-agent': 'git/toolforge-gitops',
        ...(authorization !== undefined && { authorization }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
