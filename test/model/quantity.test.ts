import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCpu, formatMemory, parseCpu, parseMemory } from '../../src/model/quantity.ts';

describe('parseCpu', () => {
  test.each([
    ['1', 1000],
    ['0.5', 500],
    ['.25', 250],
    ['500m', 500],
    ['3', 3000],
    ['0', 0],
    ['lots', undefined],
    ['', undefined],
    ['-1', undefined],
    ['1 ', undefined],
    ['0.0001', undefined],
    ['1Gi', undefined],
    ['1e3', undefined],
    ['__proto__', undefined],
  ])('reads %j as %j thousandths', (text, milli) => {
    expect(parseCpu(text)).toBe(milli);
  });
});

describe('parseMemory', () => {
  test.each([
    ['512Mi', 512 * 2 ** 20],
    ['0.5Gi', 512 * 2 ** 20],
    ['1G', 1e9],
    ['512M', 512e6],
    ['3G', 3e9],
    ['100k', 1e5],
    ['1024', 1024],
    ['512MB', undefined],
    ['1constructor', undefined],
    ['1 Gi', undefined],
    ['99999999999Pi', undefined],
  ])('reads %j as %j bytes', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });
});

describe('canonical texts', () => {
  test('are read back as the same amount', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 31 }), fc.maxSafeNat(), (milli, bytes) => {
        expect(parseCpu(formatCpu(milli))).toBe(milli);
        expect(parseMemory(formatMemory(bytes))).toBe(bytes);
      }),
    );
  });

  test.each([
    [4 * 2 ** 30, '4Gi'],
    [3e9, '3G'],
    [268435456, '256Mi'],
    [0, '0'],
    [1001, '1001'],
  ])('%d bytes are %j', (bytes, text) => {
    expect(formatMemory(bytes)).toBe(text);
  });
});
