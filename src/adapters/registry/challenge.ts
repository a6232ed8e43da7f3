/** What a registry asks for in `WWW-Authenticate` (RFC 9110, 11.6.1). */
export type Challenge =
  | { readonly scheme: 'bearer'; readonly realm: string; readonly service: string | undefined }
  | { readonly scheme: 'basic' };

const PART = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+)))?/g;

/** The best of the challenges that can be met: bearer before basic. `undefined` when none can. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const challenges = split(header ?? '');
  for (const { scheme, parameters } of challenges) {
    const realm = parameters.get('realm');
    if (scheme === 'bearer' && realm !== undefined) {
      return { scheme, realm, service: parameters.get('service') };
    }
  }
  return challenges.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : undefined;
}

interface Part {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
}

/** A word without `=` begins a challenge; those with one belong to it. */
function split(header: string): readonly Part[] {
  const found: Part[] = [];
  for (const [, name = '', quoted, bare] of header.slice(0, 4096).matchAll(PART)) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (value === undefined) found.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else found.at(-1)?.parameters.set(name.toLowerCase(), value);
  }
  return found;
}
