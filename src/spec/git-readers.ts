import { Mistake, type Reader } from './field.ts';
import { anyCase, text } from './readers.ts';
import { quoted } from './words.ts';

const URL_MAX = 2048;

/** An address; its text never gets into a message, since it may hold a password or a token. */
export function url(schemes: readonly string[], purpose: string): Reader<string> {
  const list = listOf(schemes.map((scheme) => `${scheme}://`));
  return {
    json: { type: 'string', pattern: `^(${schemes.map(anyCase).join('|')})://[^/\\s]`, maxLength: URL_MAX },
    read(value) {
      const written = text.read(value);
      if (written instanceof Mistake) return written;
      if (/^[a-z][a-z0-9+.-]*:\/\/[^/]*@/i.test(written)) {
        const hint = 'remove the part before `@`; give the platform access to the repository instead';
        return new Mistake('TFG109', 'must not hold a user name or password', hint);
      }
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
      if (scheme === undefined || !schemes.includes(scheme))
        return wrongScheme(written, scheme, list, purpose);
      if (written.length > URL_MAX || !isAddress(written)) {
        return new Mistake('TFG109', `is no valid address for ${purpose}`);
      }
      return written;
    },
  };
}

function listOf(schemes: readonly string[]): string {
  const [last = '', ...others] = [...schemes].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
}

function wrongScheme(written: string, scheme: string | undefined, list: string, purpose: string): Mistake {
  const message = `must be the address of ${purpose}, beginning with ${list}`;
  const ssh = scheme === 'ssh' || /^[^\s/:]+@[^\s/:]+:/.test(written);
  const bare = /^[\w-]+(?:\.[\w-]+)+\//.test(written);
  const hint = ssh ? 'builds have no SSH key: use the https:// address' : undefined;
  return new Mistake('TFG109', message, bare ? 'put https:// before it' : hint);
}

function isAddress(written: string): boolean {
  return /^[a-z]+:\/\/[^/?#:]/i.test(written) && !/[\s\p{Cc}\\]/u.test(written) && URL.canParse(written);
}

/** What git calls a well-formed name (git-check-ref-format), or a commit. */
export const gitRef: Reader<string> = {
  json: { type: 'string', minLength: 1, maxLength: 250 },
  read(value) {
    const written = text.read(value);
    if (written instanceof Mistake) return written;
    const bad =
      /[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|\/\.|^[-/.]|[/.]$|\.lock(?:\/|$)/u.test(written) ||
      written.length > 250;
    if (!bad) return written;
    const hint = 'a branch, a tag, a commit, or HEAD';
    return new Mistake('TFG103', `is no valid git reference: ${quoted(written)}`, hint);
  },
};
