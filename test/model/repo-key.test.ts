import { describe, expect, test } from 'vitest';
import { isWithin, repoKey } from '../../src/model/repo-key.ts';

describe('repoKey', () => {
  test.each([
    ['https://git.example.org/tools/hello'],
    ['https://git.example.org/tools/hello.git'],
    ['https://git.example.org/tools/hello/'],
    ['http://git.example.org:3000/Tools/Hello.git'],
    ['https://user:password@git.example.org/tools/hello'],
    ['git@git.example.org:tools/hello.git'],
    ['ssh://git@git.example.org:2222/tools/hello.git'],
  ])('%s', (address) => {
    expect(repoKey(address)).toBe('git.example.org/tools/hello');
  });

  test.each(['', 'hello', '/srv/git/config.git', 'file:///srv/git/config.git'])(
    '%j names no host',
    (address) => {
      expect(repoKey(address)).toBeUndefined();
    },
  );
});

describe('isWithin', () => {
  test.each([
    ['https://git.example.org/tools/hello/raw/branch/main/toolforge.yaml', true],
    ['https://git.example.org/tools/hello.git', true],
    ['https://git.example.org/tools/hello-two/raw/x', false],
    ['https://git.example.org/tools', false],
    ['https://other.example.org/tools/hello', false],
    ['no address', false],
  ])('%s: %s', (address, expected) => {
    expect(isWithin(address, 'git.example.org/tools/hello')).toBe(expected);
  });
});
