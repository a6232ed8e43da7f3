import type { Trailer } from '../model/change.ts';
import { oneLine } from '../model/commit-message.ts';
import { parseTime } from '../model/time.ts';
import { isWebUrl } from '../model/web-url.ts';
import { withoutCredentials } from '../model/without-credentials.ts';

/** The commit of a tool's own repository that led to a commit here; what is unknown is left out. */
export interface Reference {
  readonly sha: string;
  readonly author?: { readonly name: string; readonly email: string } | undefined;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  readonly repository?: string | undefined;
  /** RFC 3339. */
  readonly date?: string | undefined;
}

/** Argo CD takes 5 to 40 hex digits. */
const SHA = /^[0-9a-f]{5,40}$/;
const EMAIL = /^[^\s<>@,;:"()]+@[^\s<>@,;:"()]+$/;
const BODY_MAX = 2000;

/**
 * The trailers by which Argo CD shows the source commit beside a revision. It refuses the whole of them for one that it
 * cannot read, so a value in another form is left out.
 */
export function referenceTrailers({
  sha,
  author,
  subject,
  body,
  repository,
  date,
}: Reference): readonly Trailer[] {
  if (!SHA.test(sha)) return [];
  const url = repository === undefined ? undefined : withoutCredentials(repository);
  const values: readonly (readonly [string, string | undefined])[] = [
    ['author', author && formatAuthor(author)],
    ['sha', sha],
    ['subject', subject === undefined ? undefined : oneLine(subject).slice(0, 200)],
    ['body', body?.trim() ? JSON.stringify(body.trim().slice(0, BODY_MAX)) : undefined],
    ['repourl', url !== undefined && isWebUrl(url) ? url : undefined],
    ['date', date !== undefined && parseTime(date) !== undefined ? date : undefined],
  ];
  return values.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [{ key: `Argocd-reference-commit-${name}`, value }],
  );
}

/** RFC 5322: the name as a quoted string, which takes any character once quotes and backslashes are escaped. */
function formatAuthor({ name, email }: { name: string; email: string }): string | undefined {
  if (!EMAIL.test(email)) return undefined;
  const shown = oneLine(name).replace(/["\\]/g, '\\$&');
  return shown === '' ? `<${email}>` : `"${shown}" <${email}>`;
}
