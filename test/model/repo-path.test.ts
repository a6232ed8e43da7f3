import { expect, test } from 'vitest';
import { isRepoPath } from '../../src/model/repo-path.ts';

test.each([
  ['tools-config/hello/images.yaml', true],
  ['-dash', true],
  ['.gitignore', true],
  ['.gitea/workflows/x.yaml', true],
  ['a/..b/c..', true],
  ['ünï/日本 語', true],
  ['', false],
  ['/a', false],
  ['a/', false],
  ['a//b', false],
  ['a/../b', false],
  ['./a', false],
  ['a\\b', false],
  ['.git', false],
  ['a/.Git/b', false],
  ['.git. /b', false],
  ['.git::$INDEX_ALLOCATION/b', false],
  ['GIT~1/b', false],
  ['.gi\u200dt/b', false],
  ['a\0b', false],
  ['a\nb', false],
  ['a\x7fb', false],
  ['a\ud800', false],
  ['a'.repeat(501), false],
])('isRepoPath(%j) is %s', (path, expected) => {
  expect(isRepoPath(path)).toBe(expected);
});
