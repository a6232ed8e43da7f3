import { describe, expect, test } from 'vitest';
import { buildLinks } from '../../constructs/build-links.ts';
import { linkAnnotations } from '../../constructs/links.ts';

const COMMIT = '4f2c0d9e8b7a6f5e4d3c2b1a09f8e7d6c5b4a392';
const KEY = 'link.argocd.argoproj.io/source';
const image = 'registry.example.org/tool-hello/web';

function annotationsOf(repository: string | undefined, commit: string | undefined = COMMIT) {
  const source = { commit, ...(repository !== undefined && { repository }) };
  return linkAnnotations(buildLinks({ image, source }));
}

describe('the source commit', () => {
  test.each([
    { repository: 'https://gitea.example.org/tools/hello', page: 'https://gitea.example.org/tools/hello' },
    {
      repository: 'https://gitea.example.org/tools/hello.git',
      page: 'https://gitea.example.org/tools/hello',
    },
    { repository: 'http://gitea.example.org/tools/hello/', page: 'http://gitea.example.org/tools/hello' },
    { repository: 'https://bot:s3cret@git.example.org/a', page: 'https://git.example.org/a' },
    { repository: 'https://git.example.org/a|b', page: 'https://git.example.org/a%7Cb' },
  ])('$repository', ({ repository, page }) => {
    expect(annotationsOf(repository)).toEqual({ [KEY]: `Source 4f2c0d9e8b7a|${page}/commit/${COMMIT}` });
  });

  test.each([
    ['git@gitea.example.org:tools/hello.git', COMMIT],
    ['git://git.example.org/a', COMMIT],
    ['ssh://git@git.example.org/a', COMMIT],
    ['javascript:alert(1)//https://x', COMMIT],
    ['https://', COMMIT],
    ['https://git.example.org/a b', COMMIT],
    ['https://git.example.org/a\nb', COMMIT],
    [undefined, COMMIT],
    ['https://git.example.org/a', undefined],
    ['https://git.example.org/a', 'main'],
    ['https://git.example.org/a', '../../x'],
  ])('is not shown where it has no page: %j %s', (repository, commit) => {
    const source = {
      ...(repository !== undefined && { repository }),
      ...(commit !== undefined && { commit }),
    };
    expect(linkAnnotations(buildLinks({ image, source }))).toEqual({});
  });
});

describe('the build', () => {
  test.each([
    {
      url: 'https://ci.example.org/7',
      expected: { 'link.argocd.argoproj.io/build': 'Build|https://ci.example.org/7' },
    },
    {
      url: 'https://u:p@ci.example.org/7',
      expected: { 'link.argocd.argoproj.io/build': 'Build|https://ci.example.org/7' },
    },
    { url: 'javascript:alert(1)', expected: {} },
    { url: 'ftp://ci.example.org/7', expected: {} },
  ])('$url', ({ url, expected }) => {
    expect(linkAnnotations(buildLinks({ image, build_url: url }))).toEqual(expected);
  });
});
