/** Web pages of a file on the common git hosts, and where the file itself is. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/github\.com\/([^/]+\/[^/]+)\/blob\/(.+)$/, 'https://raw.githubusercontent.com/$1/$2'],
  [/^(https?:\/\/[^/]+\/.+?)\/-\/blob\/(.+)$/, '$1/-/raw/$2'],
  [/^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/src\/((?:branch|tag|commit)\/.+)$/, '$1/raw/$2'],
];

/** The raw file behind the address of a web page that shows it. Takes and gives addresses without a query. */
export function rawAddress(page: string): string | undefined {
  const found = PAGES.find(([pattern]) => pattern.test(page));
  return found && page.replace(...found);
}
