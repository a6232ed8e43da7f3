import { expect, test } from 'vitest';
import { hideCredentials, withoutCredentials } from '../../src/model/without-credentials.ts';

test.each([
  { url: 'https://git.example.org/a', expected: 'https://git.example.org/a' },
  { url: 'https://user:s3cret@git.example.org/a', expected: 'https://git.example.org/a' },
  { url: 'https://t0ken@git.example.org/a@b', expected: 'https://git.example.org/a@b' },
  { url: 'HTTPS://a@b:c@git.example.org', expected: 'HTTPS://git.example.org' },
  { url: 'gitea+https://t0ken@git.example.org/a', expected: 'gitea+https://git.example.org/a' },
  { url: 'ssh://git:s3cret@git.example.org/a', expected: 'ssh://git@git.example.org/a' },
  { url: 'git@git.example.org:a', expected: 'git@git.example.org:a' },
  { url: '/srv/a@b', expected: '/srv/a@b' },
  { url: '', expected: '' },
])('$url', ({ url, expected }) => {
  expect(withoutCredentials(url)).toBe(expected);
});

test.each([
  { text: 'no such file: https://me:s3cret@h/x', expected: 'no such file: https://h/x' },
  { text: '"ssh://t0ken@h" and https://a:b@c', expected: '"ssh://h" and https://c' },
  { text: 'https://h/x, or write to a@b', expected: 'https://h/x, or write to a@b' },
  { text: 'image h/x@sha256:0', expected: 'image h/x@sha256:0' },
])('$text', ({ text, expected }) => {
  expect(hideCredentials(text)).toBe(expected);
});
