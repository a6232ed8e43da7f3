import type { Build } from '../src/model/images-file.ts';
import { withoutCredentials } from '../src/model/without-credentials.ts';
import { isWebUrl, type Link } from './links.ts';

const COMMIT = /^[0-9a-f]{7,64}$/i;
const SHORT = 12;

/** Links to the source commit and the build of what runs, as far as they are known and have a page. */
export function buildLinks(build: Build | undefined): readonly Link[] {
  const links: Link[] = [];
  const source = sourceLink(build?.source);
  if (source !== undefined) links.push(source);
  const page = build?.build_url;
  if (page !== undefined) links.push({ name: 'build', title: 'Build', url: withoutCredentials(page) });
  return links;
}

/** `<repository>/commit/<sha>` is the page of a commit on Gitea, GitHub and GitLab alike. */
function sourceLink(source: Build['source']): Link | undefined {
  const { repository, commit } = source ?? {};
  if (repository === undefined || commit === undefined) return undefined;
  if (!isWebUrl(repository) || !COMMIT.test(commit)) return undefined;
  const base = withoutCredentials(repository)
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return { name: 'source', title: `Source ${commit.slice(0, SHORT)}`, url: `${base}/commit/${commit}` };
}
