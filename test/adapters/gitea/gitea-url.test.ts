import { describe, expect, test } from 'vitest';
import {
  formatGiteaUrl,
  gitUrlOf,
  isBranchName,
  isGiteaUrl,
  parseGiteaUrl,
} from '../../../src/adapters/gitea/gitea-url.ts';

const SECRET = 's3cr3t-t0ken';

describe('parseGiteaUrl', () => {
  test.each([
    {
      text: 'gitea+https://git.example.org/toolforge/config',
      expected: { baseUrl: 'https://git.example.org', owner: 'toolforge', repo: 'config', branch: undefined },
    },
    {
      text: 'gitea+http://127.0.0.1:3000/sub/folder/o.w-n_r/re.po.git/?branch=release/v1',
      expected: {
        baseUrl: 'http://127.0.0.1:3000/sub/folder',
        owner: 'o.w-n_r',
        repo: 're.po',
        branch: 'release/v1',
      },
    },
    {
      text: 'gitea+https://[::1]:3000/a/b',
      expected: { baseUrl: 'https://[::1]:3000', owner: 'a', repo: 'b', branch: undefined },
    },
  ])('reads $text', ({ text, expected }) => {
    expect(parseGiteaUrl(text)).toEqual(expected);
    expect(isGiteaUrl(text)).toBe(true);
    expect(parseGiteaUrl(formatGiteaUrl(parseGiteaUrl(text)))).toEqual({ ...expected, branch: undefined });
  });

  test('the same repo for git', () => {
    const address = parseGiteaUrl('gitea+https://git.example.org/sub/toolforge/config');
    expect(gitUrlOf(address)).toBe('https://git.example.org/sub/toolforge/config.git');
  });

  test.each([
    '',
    'gitea+',
    'gitea+https://',
    'https://git.example.org/a/b',
    'gitea+ssh://git@git.example.org/a/b',
    'gitea+file:///etc/passwd',
    'gitea+https://git.example.org',
    'gitea+https://git.example.org/a',
    'gitea+https://git.example.org/a/',
    'gitea+https://git.example.org/a/..',
    'gitea+https://git.example.org/a/b%2f..',
    'gitea+https://git.example.org/-a/b',
    'gitea+https://git.example.org/a/--upload-pack=x',
    'gitea+https://git.example.org/a/.git',
    'gitea+https://git.example.org/a/b#main',
    'gitea+https://git.example.org/a/b?main',
    'gitea+https://git.example.org/a/b?branch=x&branch=y',
    'gitea+https://git.example.org/a/b?branch=-x',
    'gitea+https://git.example.org/a/b?branch=',
    `gitea+https://git.example.org/a/b?token=${SECRET}`,
    `gitea+https://bot:${SECRET}@git.example.org/a/b`,
    `gitea+https://${SECRET}@git.example.org/a/b`,
    `gitea+https://bot:${SECRET}@git.example.org:port/a/b`,
  ])('refuses %s without repeating it', (text) => {
    let caught: unknown;
    try {
      parseGiteaUrl(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: 'usage', hint: expect.stringContaining('TFG_GITEA_TOKEN') });
    expect(JSON.stringify(caught) + String((caught as Error).stack)).not.toContain(SECRET);
  });
});

test.each([
  ['main', true],
  ['release/v1.2', true],
  ['füß', true],
  ['', false],
  ['-x', false],
  ['--force', false],
  ['a..b', false],
  ['a b', false],
  ['a\nb', false],
  ['a:b', false],
  ['refs/heads/*', false],
  ['@', false],
  ['a@{1}', false],
  ['/a', false],
  ['a/', false],
  ['a//b', false],
  ['a/.b', false],
  ['a.lock', false],
  ['x'.repeat(101), false],
])('branch name %j: %s', (name, expected) => {
  expect(isBranchName(name)).toBe(expected);
});
