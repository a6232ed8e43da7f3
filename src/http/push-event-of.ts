import type { PushEvent } from '../app/push-event.ts';
import type { GiteaPush } from './webhook-schemas.ts';

/** Gitea's payload as the service's own event; `undefined` when it is no push. */
export function pushEventOf(push: GiteaPush): PushEvent | undefined {
  const { ref, repository, head_commit, commits, total_commits } = push;
  if (ref === undefined || repository === undefined) return undefined;
  const { html_url, clone_url, ssh_url } = repository;
  return {
    addresses: [html_url, clone_url, ssh_url].filter((address) => address !== undefined),
    ref,
    message: head_commit?.message,
    paths: pathsOf(commits ?? [], total_commits),
  };
}

/** Gitea cuts long lists; only what is surely whole counts. */
function pathsOf(
  commits: NonNullable<GiteaPush['commits']>,
  total: number | undefined,
): readonly string[] | undefined {
  if (commits.length === 0 || total === undefined || commits.length < total) return undefined;
  const lists = commits.flatMap(({ added, removed, modified }) => [added, removed, modified]);
  if (lists.some((list) => list === undefined || list === null)) return undefined;
  return lists.flatMap((list) => list ?? []);
}
