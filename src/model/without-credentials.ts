const AUTHORITY = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i;

/**
 * An address that may be shown and committed: without password, and without the user's name too where that may be a
 * token. `ssh://git@host/…` and `git@host:…` keep the name, which the address needs.
 */
export function withoutCredentials(url: string): string {
  if (!url.includes('@')) return url;
  return url.replace(AUTHORITY, (_, scheme: string, user: string) => {
    const [name] = user.split(':');
    return scheme.toLowerCase().endsWith('ssh://') && name ? `${scheme}${name}@` : scheme;
  });
}

/** A text for people in which an address may stand, as they typed it: no user part of any is left. */
export function hideCredentials(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, '$1');
}
