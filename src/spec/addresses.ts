/** Addresses that people write in files: only forms that no program takes for an option or a credential. */

/** A space, a control character or a backslash is read differently by different programs. */
const UNSAFE = /[\s\p{Cc}\\]/u;
const SCP = /^[a-z_][\w.-]*@[\w][\w.-]*:[^:]/i;
const PATH = /^(?:\/|\.{1,2}\/)/;
const GIT_PROTOCOLS = new Set(['http:', 'https:', 'ssh:', 'git:', 'file:']);

/** What git clones from: an address, `git@host:path` or a local path. A user may be named for ssh alone. */
export function isGitUrl(text: string): boolean {
  if (UNSAFE.test(text)) return false;
  if (PATH.test(text) || SCP.test(text)) return true;
  const url = readUrl(text);
  if (url === undefined || !GIT_PROTOCOLS.has(url.protocol) || url.password !== '') return false;
  return url.username === '' || url.protocol === 'ssh:';
}

function readUrl(text: string): URL | undefined {
  if (UNSAFE.test(text) || !/^[a-z][a-z0-9+]*:\/\//i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}
