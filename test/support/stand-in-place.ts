import type { GiteaPlace } from './gitea/place.ts';
import type { GiteaStandIn } from './gitea-stand-in.ts';

/** The stand-in as a test sees any Gitea; `close` stops it. */
export function standInPlace(gitea: GiteaStandIn, token = gitea.tokens.bot): GiteaPlace {
  const { url, owner, repo, branch, repoUrl, cloneUrl } = gitea;
  return { url, owner, repo, branch, repoUrl, cloneUrl, token, close: () => gitea.close() };
}
