import { expect, test } from 'vitest';
import { parseChallenge } from '../../../src/adapters/registry/challenge.ts';

const bearer = (realm: string, service?: string) => ({ scheme: 'bearer', realm, service });

test.each([
  ['Bearer realm="https://a/token",service="s",scope="x:y:z"', bearer('https://a/token', 's')],
  ['bearer REALM = "https://a/t" , service=s', bearer('https://a/t', 's')],
  ['Basic realm="a, b", Bearer realm="https://a/t"', bearer('https://a/t')],
  ['Bearer realm="a\\"b"', bearer('a"b')],
  ['Bearer service="s", Basic realm="x"', { scheme: 'basic' }],
  ['Basic', { scheme: 'basic' }],
  ['Basic realm="Registry"', { scheme: 'basic' }],
  ['Negotiate', undefined],
  ['realm="x"', undefined],
  ['"Bearer realm=x', bearer('x')],
  ['', undefined],
  [undefined, undefined],
  [`Digest ${'a="b",'.repeat(100_000)}`, undefined],
  [`${'\\"'.repeat(100_000)}`, undefined],
])('reads %.60s', (header, expected) => {
  expect(parseChallenge(header)).toEqual(expected);
});
