import { describe, expect, test } from 'vitest';
import { isInForce } from '../../src/model/hold.ts';
import { formatTime, parseTime } from '../../src/model/time.ts';
import { isWebUrl } from '../../src/model/web-url.ts';

describe('parseTime', () => {
  test.each([
    { text: '2026-11-24T10:00:00Z', expected: '2026-11-24T10:00:00Z' },
    { text: '2026-11-24T10:00:00.5+02:00', expected: '2026-11-24T08:00:00.500Z' },
    { text: '2026-11-24T10:00:00', expected: undefined },
    { text: '2026-11-24', expected: undefined },
    { text: '2026-13-24T10:00:00Z', expected: undefined },
    { text: 'Tue, 24 Nov 2026 10:00:00 GMT', expected: undefined },
    { text: '', expected: undefined },
  ])('$text', ({ text, expected }) => {
    const time = parseTime(text);
    expect(time === undefined ? undefined : formatTime(time)).toBe(expected);
  });
});

describe('isInForce', () => {
  const now = Date.parse('2026-11-24T10:00:00Z');

  test.each([
    { name: 'no hold', hold: undefined, expected: false },
    { name: 'a hold without an end', hold: { by: 'a' }, expected: true },
    { name: 'a hold that ends later', hold: { by: 'a', until: '2026-11-24T10:00:01Z' }, expected: true },
    { name: 'a hold that ends now', hold: { by: 'a', until: '2026-11-24T10:00:00Z' }, expected: false },
    { name: 'a hold whose end cannot be read', hold: { by: 'a', until: 'soon' }, expected: true },
  ])('$name: $expected', ({ hold, expected }) => {
    expect(isInForce(hold, now)).toBe(expected);
  });
});

describe('isWebUrl', () => {
  test.each([
    { text: 'https://ci.example.org/42?a=b#c', expected: true },
    { text: 'HTTP://127.0.0.1:8080', expected: true },
    { text: 'https://t0ken@ci.example.org', expected: false },
    { text: 'javascript:alert(1)', expected: false },
    { text: 'ftp://ci.example.org', expected: false },
    { text: 'https://', expected: false },
    { text: 'https://ci.example.org/a b', expected: false },
    { text: 'https://ci.example.org/\u202ea', expected: false },
    { text: 'https://ci.example.org/"><script>', expected: false },
    { text: '--help', expected: false },
  ])('$text: $expected', ({ text, expected }) => {
    expect(isWebUrl(text)).toBe(expected);
  });
});
