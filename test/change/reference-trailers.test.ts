import { describe, expect, test } from 'vitest';
import { referenceTrailers } from '../../src/change/reference-trailers.ts';
import { commit } from './component-changes.ts';

describe('referenceTrailers', () => {
  const keyed = (reference: Parameters<typeof referenceTrailers>[0]) =>
    Object.fromEntries(
      referenceTrailers(reference).map(({ key, value }) => [
        key.replace('Argocd-reference-commit-', ''),
        value,
      ]),
    );

  test('writes each value in the form that Argo CD reads', () => {
    const reference = {
      sha: commit,
      author: { name: 'Ann', email: 'ann@example.org' },
      subject: 'Fix\nit',
      body: 'line\n"two"',
      repository: 'https://user:s3cret@git.example.org/tools/hello',
      date: '2026-11-24T10:00:00Z',
    };
    expect(keyed(reference)).toEqual({
      author: '"Ann" <ann@example.org>',
      sha: commit,
      subject: 'Fix it',
      body: '"line\\n\\"two\\""',
      repourl: 'https://git.example.org/tools/hello',
      date: '2026-11-24T10:00:00Z',
    });
  });

  test.each([
    { name: 'no commit id', reference: { sha: 'main', subject: 'x' }, expected: {} },
    { name: 'a SHA-256 commit id, which Argo CD refuses', reference: { sha: 'a'.repeat(64) }, expected: {} },
    {
      name: 'an address that is none',
      reference: { sha: commit, author: { name: 'A', email: 'a b' } },
      expected: { sha: commit },
    },
    {
      name: 'no web address',
      reference: { sha: commit, repository: 'git@git.example.org:a' },
      expected: { sha: commit },
    },
    {
      name: 'a date of another form',
      reference: { sha: commit, date: 'yesterday' },
      expected: { sha: commit },
    },
    { name: 'empty texts', reference: { sha: commit, subject: ' ', body: '\n' }, expected: { sha: commit } },
    {
      name: 'no name',
      reference: { sha: commit, author: { name: '\n', email: 'a@example.org' } },
      expected: { sha: commit, author: '<a@example.org>' },
    },
  ])('leaves out $name', ({ reference, expected }) => {
    expect(keyed(reference)).toEqual(expected);
  });
});
