import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findToken, isExpired, makeToken } from '../../src/model/deploy-token.ts';
import type { DeployToken } from '../../src/model/tokens-file.ts';

const NOW = Date.parse('2026-11-24T10:00:00Z');
let draws = 0;
/** Different bytes at each call. */
const random = (bytes: number) => {
  draws += 1;
  return createHash('sha512').update(`${draws}`).digest().subarray(0, bytes);
};
const kept = (over: Partial<DeployToken> = {}) => {
  const { id, token, sha256 } = makeToken(random);
  return { token, entry: { id, sha256, created_by: 'alice', created_at: '2026-01-01T00:00:00Z', ...over } };
};

describe('deploy tokens', () => {
  test('a token has 256 random bits and names its id', () => {
    const { id, token, sha256 } = makeToken(random);
    expect(token).toMatch(/^tfg_[a-z0-5]{8}_[A-Za-z0-9_-]{43}$/);
    expect(token.split('_')[1]).toBe(id);
    expect(sha256).toBe(createHash('sha256').update(token).digest('hex'));
    expect(makeToken(random).token).not.toBe(token);
  });

  test('is found among others', () => {
    const [one, other] = [kept(), kept()];
    const file = { tokens: [one.entry, other.entry] };
    expect(findToken(file, other.token, NOW)).toBe(other.entry);
  });

  test.each<[string, (token: string) => string]>([
    ['another token', () => kept().token],
    ['nothing', () => ''],
    ['its begin', (token) => token.slice(0, -1)],
    ['more than it', (token) => `${token}A`],
    ['another case of letters', (token) => token.toUpperCase()],
    ['its hash', (token) => createHash('sha256').update(token).digest('hex')],
  ])('is not found by %s', (_, change) => {
    const { token, entry } = kept();
    expect(findToken({ tokens: [entry] }, change(token), NOW)).toBeUndefined();
  });

  test('nothing is found where there are none, nor what stands in for them', () => {
    expect(findToken({ tokens: [] }, kept().token, NOW)).toBeUndefined();
    const standIn = { ...kept().entry, sha256: '0'.repeat(64) };
    expect(findToken({ tokens: [standIn] }, kept().token, NOW)).toBeUndefined();
  });

  test.each([
    [undefined, false],
    ['2026-11-24T10:00:01Z', false],
    ['2026-11-24T10:00:00Z', true],
    ['2020-01-01T00:00:00Z', true],
    ['whenever', true],
  ])('one that expires at %s is good: %s', (expires_at, expired) => {
    const { token, entry } = kept(expires_at === undefined ? {} : { expires_at });
    expect(isExpired(entry, NOW)).toBe(expired);
    expect(findToken({ tokens: [entry] }, token, NOW)).toBe(expired ? undefined : entry);
  });
});
