import { withoutCredentials } from './without-credentials.ts';

/** `git@host:owner/repo.git`, as ssh and git have it. */
const SCP = /^(?:[^@/:\s]+@)?([^/:@\s]+):(?!\/\/)(.+)$/;

/**
 * A repository by host and path, the same for its browser, clone and ssh addresses: `git.example.org/tools/hello`. Without
 * the port, which differs between them. `undefined` for what names no host.
 */
export function repoKey(address: string): string | undefined {
  const text = withoutCredentials(address.trim());
  const scp = text.includes('://') ? null : SCP.exec(text);
  if (scp !== null) return keyOf(scp[1] as string, scp[2] as string);
  if (!URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  return hostname === '' ? undefined : keyOf(hostname, pathname);
}

/** Whether an address lies within a repository, as a file's does. */
export function isWithin(address: string, repository: string): boolean {
  const key = repoKey(address);
  return key !== undefined && (key === repository || key.startsWith(`${repository}/`));
}

/** Gitea and its like tell no difference between letter cases. */
function keyOf(host: string, path: string): string {
  const clean = path.replace(/^\/+|\/+$/g, '').replace(/\.git$/i, '');
  return `${host}/${clean}`.toLowerCase();
}
