import { expect, test } from 'vitest';
import { redactor } from '../../../src/adapters/git/redact.ts';

test.each([
  ['the secret itself', 'fatal: s3cret/+x is wrong', 'fatal: *** is wrong'],
  ['its URL form', 'x?t=s3cret%2F%2Bx', 'x?t=***'],
  ['its base64 form', `Basic ${Buffer.from('s3cret/+x').toString('base64')}`, 'Basic ***'],
  [
    'any user part of a URL',
    "unable to access 'https://bob:other@host/x'",
    "unable to access 'https://***@host/x'",
  ],
  ['terminal sequences', 'remote: \u001b[31mred\u0007\u001b[0m', 'remote:  [31mred  [0m'],
  ['blank lines', 'a\n\n\r\nb\n', 'a | b'],
])('takes out %s', (_, text, expected) => {
  expect(redactor(['s3cret/+x', undefined, ''])(text)).toBe(expected);
});

test('keeps the end of a long text', () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
  expect(redactor([])(lines)).toBe('line 94 | line 95 | line 96 | line 97 | line 98 | line 99');
  expect(redactor([])('x'.repeat(5000))).toHaveLength(600);
});
