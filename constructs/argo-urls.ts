import { withoutCredentials } from '../src/model/without-credentials.ts';

/** The config repo as Argo CD clones it: our own prefix for Gitea's API and any credential are not for it. */
export function argoRepoUrl(url: string): string {
  return withoutCredentials(url.replace(/^gitea\+/, ''));
}
