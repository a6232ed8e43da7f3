/** Parts of a value that may be a user name, password or token; the end is exclusive. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

const DELIMITERS = /[\s/'"=]/;

/**
 * In any address the part before an `@` (but not before the digest of an image) and what follows a `?`. In a broken file
 * an address may be cut short, so there all of it.
 */
export function credentialsIn(text: string, broken: boolean): readonly Part[] {
  const found: Part[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (text.startsWith('@sha256:', at)) continue;
    // Never further back than the sign before: each character is looked at once.
    const from = found.at(-1)?.end ?? 0;
    let start = at;
    while (start > from && !DELIMITERS.test(text[start - 1] ?? '')) start -= 1;
    found.push({ start, end: at });
  }
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const end = wordEnd(text, at);
    const address = text.slice(at + 3, end);
    const query = address.indexOf('?');
    if (broken || isShortOfHost(address)) found.push({ start: at + 3, end });
    else if (query >= 0) found.push({ start: at + 4 + query, end });
    at = end;
  }
  return found.filter(({ start, end }) => end > start);
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !/[\s'"]/.test(text[end] ?? '')) end += 1;
  return end;
}

/** What stands where a port should is a password whose `@` is missing. */
function isShortOfHost(address: string): boolean {
  const [authority = ''] = address.split(/[/?#]/, 1);
  const colon = authority.indexOf(':');
  return colon >= 0 && !authority.includes('@') && !/^\d*$/.test(authority.slice(colon + 1));
}
