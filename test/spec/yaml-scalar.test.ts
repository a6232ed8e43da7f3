import { describe, expect, test } from 'vitest';
import { resolvePlain } from '../../src/spec/yaml-scalar.ts';

describe('resolvePlain reads as PyYAML does', () => {
  test.each([
    ['', null],
    ['~', null],
    ['Null', null],
    ['nULL', 'nULL'],
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['off', false],
    ['No', false],
    ['y', 'y'],
    ['N', 'N'],
    ['0', 0],
    ['-12', -12],
    ['+1', 1],
    ['1_000', 1000],
    ['0644', 420],
    ['08', '08'],
    ['0o17', '0o17'],
    ['0x1F', 31],
    ['0b101', 5],
    ['1:30:45', 5445],
    ['0:1', '0:1'],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['-.5', '-.5'],
    ['1.0e+3', 1000],
    ['1.0e3', '1.0e3'],
    ['1e3', '1e3'],
    ['190:20:30.15', 685230.15],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.nan', Number.NaN],
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T10:00:00Z', '2026-11-24T10:00:00Z'],
    ['1G', '1G'],
    ['*/5 * * * *', '*/5 * * * *'],
  ])('%j', (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });
});
