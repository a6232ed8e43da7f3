/** Puts `***` in place of each secret; longest first, since a secret may be part of another. */
export function secretMask(secrets: readonly string[]): (text: string) => string {
  const ordered = [...new Set(secrets)].sort((a, b) => b.length - a.length);
  return (text) => ordered.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
