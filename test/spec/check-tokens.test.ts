import { describe, expect, test } from 'vitest';
import { tokensText } from '../../src/change/tokens-text.ts';
import { checkTokens } from '../../src/spec/check-tokens.ts';

const file = 'tools-config/hello/tokens.yaml';
const sha256 = 'a'.repeat(64);
const entry = `- id: abc
  created_by: alice
  created_at: '2026-11-24T10:00:00Z'
  sha256: '${sha256}'
`;

describe('checkTokens', () => {
  test('reads what the bot writes', () => {
    const tokens = [
      { id: 'abc', sha256, created_by: 'alice', created_at: '2026-11-24T10:00:00Z' },
      {
        id: 'xyz',
        sha256: 'b'.repeat(64),
        created_by: 'bob: yes',
        created_at: '2026-11-24T10:00:00Z',
        note: 'CI',
        expires_at: '2027-01-01T00:00:00Z',
      },
    ];
    expect(checkTokens({ file, text: tokensText({ tokens }) })).toEqual({
      tokens: { tokens },
      diagnostics: [],
    });
  });

  test.each(['', '# nothing\n', 'tokens: []\n', 'tokens:\n'])('%j holds no tokens', (text) => {
    expect(checkTokens({ file, text })).toEqual({ tokens: { tokens: [] }, diagnostics: [] });
  });

  test('no file, no tokens', () => {
    expect(checkTokens(undefined).tokens).toEqual({ tokens: [] });
  });

  test.each([
    ['a hash that is none', entry.replace('aaaa', 'zzzz')],
    ['a short hash', entry.replace('aaaa', '')],
    ['no hash', entry.replace(/ {2}sha256.*\n/, '')],
    ['an id with a line end', entry.replace('abc', '"a\\nb"')],
    ['a key that nobody knows', `${entry}  token: tfg_secret\n`],
    ['an end that is no time', `${entry}  expires_at: tomorrow\n`],
  ])('refuses %s, and shows no value', (_, text) => {
    const { tokens, diagnostics } = checkTokens({ file, text: `tokens:\n${text}` });
    expect(tokens).toBeUndefined();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    expect(JSON.stringify(diagnostics)).not.toContain('tfg_secret');
  });
});
