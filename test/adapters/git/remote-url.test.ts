import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkBranch, parseRemoteUrl } from '../../../src/adapters/git/remote-url.ts';
import { GitopsError } from '../../../src/errors.ts';

const codeOf = (call: () => unknown): string => {
  try {
    call();
    return 'no error';
  } catch (error) {
    return error instanceof GitopsError ? error.code : String(error);
  }
};

describe('parseRemoteUrl', () => {
  test.each([
    ['/srv/config.git', 'path', '/srv/config.git', '/srv/config.git'],
    ['file:///srv/c%20d.git', 'file', 'file:///srv/c%20d.git', 'file:///srv/c%20d.git'],
    ['https://host.example/o/r.git', 'http', 'https://host.example/o/r.git', 'https://host.example/o/r.git'],
    ['HTTP://host.example:8080/o/r', 'http', 'http://host.example:8080/o/r', 'http://host.example:8080/o/r'],
    ['https://bot:s3cret@host.example/o/r', 'http', 'https://host.example/o/r', 'https://host.example/o/r'],
    ['https://s3cret@host.example/o/r', 'http', 'https://host.example/o/r', 'https://host.example/o/r'],
    [
      'ssh://git@host.example:2222/o/r',
      'ssh',
      'ssh://git@host.example:2222/o/r',
      'ssh://host.example:2222/o/r',
    ],
    ['ssh://git:s3cret@host.example/o', 'ssh', 'ssh://git@host.example/o', 'ssh://host.example/o'],
    ['git@host.example:o/r.git', 'ssh', 'git@host.example:o/r.git', 'host.example:o/r.git'],
    ['host.example:o/r.git', 'ssh', 'host.example:o/r.git', 'host.example:o/r.git'],
    ['git://host.example/o/r', 'git', 'git://host.example/o/r', 'git://host.example/o/r'],
  ])('%s is a %s address', (text, kind, url, display) => {
    expect(parseRemoteUrl(text)).toMatchObject({ kind, url, display });
  });

  test('a relative path is one of this folder', () => {
    expect(parseRemoteUrl('./repos/a:b')).toMatchObject({ kind: 'path', url: resolve('repos/a:b') });
  });

  test('user and password are taken out, decoded', () => {
    const { user, password } = parseRemoteUrl('https://a%40b:p%2Fw@host.example/r');
    expect([user, password]).toEqual(['a@b', 'p/w']);
  });

  test.each([
    '',
    '-uexec',
    '--upload-pack=touch /tmp/x',
    'ext::sh -c id',
    'fd::17/foo',
    'ssh://-oProxyCommand=id/x',
    'ssh://-oProxyCommand=id@host/x',
    'ssh://host/-oProxyCommand=id',
    '-oProxyCommand=id:x',
    '-oProxyCommand=id@host:x',
    'host:-oProxyCommand=id',
    'ftp://host/x',
    'ext://host/x',
    'javascript://host/x',
    'https://',
    'https://host/o/r?token=s3cret',
    'https://host/o/r#s3cret',
    'https://host/o/r\nx',
    'a\0b',
  ])('%j is refused', (text) => {
    expect(codeOf(() => parseRemoteUrl(text))).toBe('usage');
  });

  test.each(['ftp://bot:s3cret@host/x', 'https://bot:s3cret@host/x?y', 'https://bot:s3cret@host:port/'])(
    'no error repeats the secret of %s',
    (text) => {
      expect(() => parseRemoteUrl(text)).toThrow(/address/);
      expect(() => parseRemoteUrl(text)).not.toThrow(/s3cret/);
    },
  );
});

describe('checkBranch', () => {
  test.each(['main', 'deploy/production', 'a.b-c_d', 'ünï'])('%s is a branch name', (name) => {
    expect(checkBranch(name)).toBe(name);
  });

  test.each([
    '',
    '-f',
    '--mirror',
    'a b',
    'a..b',
    'a:b',
    'a*',
    'a?',
    'a[b',
    'a~1',
    'a^',
    'a\\b',
    'a@{1}',
    '@',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    'a.lock/b',
    'a.',
    'a\nb',
    'x'.repeat(201),
  ])('%j is refused', (name) => {
    expect(codeOf(() => checkBranch(name))).toBe('usage');
  });
});
