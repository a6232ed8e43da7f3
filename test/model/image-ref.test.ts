import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatImageRef, parseImageRef } from '../../src/model/image-ref.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('parseImageRef', () => {
  test.each([
    ['registry.example.org/tool-hello/web', { host: 'registry.example.org', repository: 'tool-hello/web' }],
    ['127.0.0.1:5000/a/b:v1', { host: '127.0.0.1:5000', repository: 'a/b', tag: 'v1' }],
    [`localhost/a@${digest}`, { host: 'localhost', repository: 'a', digest }],
    [`ghcr.io/a/b:1@${digest}`, { host: 'ghcr.io', repository: 'a/b', tag: '1', digest }],
    ['python:3.12', { host: 'docker.io', repository: 'library/python', tag: '3.12' }],
    ['grafana/grafana', { host: 'docker.io', repository: 'grafana/grafana' }],
  ])('reads %s', (text, expected) => {
    expect(parseImageRef(text)).toEqual(expected);
  });

  test.each([
    '',
    '-registry.example.org/a/b',
    'registry.example.org/../b',
    'registry.example.org/a//b',
    'registry.example.org/A/b',
    'registry.example.org/a/b:',
    'registry.example.org/a/b:-x',
    'registry.example.org/a/b@sha256:12',
    `registry.example.org/a/b@sha512:${'ab'.repeat(64)}`,
    `registry.example.org/a@${digest}@${digest}`,
    'user:secret@registry.example.org/a/b',
    'https://registry.example.org/a/b',
    'registry.example.org/a b',
    'registry.example.org/a\nb',
    `registry.example.org/${'a/'.repeat(300)}b`,
  ])('refuses %j', (text) => {
    expect(parseImageRef(text)).toBeUndefined();
  });

  test('whatever is read is written back to a text that reads the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab0.:/@-_'), maxLength: 30 }), (text) => {
        const ref = parseImageRef(text);
        if (ref !== undefined) expect(parseImageRef(formatImageRef(ref))).toEqual(ref);
      }),
      { numRuns: 2000 },
    );
  });
});
