import { describe, expect, test } from 'vitest';
import { hold } from '../../src/change/hold.ts';
import { unhold } from '../../src/change/unhold.ts';
import { build, fileOf, imageOf, NOW } from './builds.ts';

const request = { component: 'web', by: 'alice', now: NOW };

describe('hold', () => {
  test.each([
    { name: 'who alone', of: {}, expected: { by: 'alice' } },
    {
      name: 'a reason on one line',
      of: { reason: ' bad\nrelease\u202e ' },
      expected: { by: 'alice', reason: 'bad release' },
    },
    {
      name: 'an end in UTC',
      of: { until: '2026-12-01T02:00:00+02:00' },
      expected: { by: 'alice', until: '2026-12-01T00:00:00Z' },
    },
    { name: 'somebody without a name', of: { by: '\n' }, expected: { by: 'unknown' } },
  ])('records $name', ({ of, expected }) => {
    const result = hold(fileOf(build('a', 9)), { ...request, ...of });
    expect(result).toMatchObject({ outcome: 'held', image: imageOf('a') });
    expect(result.file.components.web).toEqual({ ...build('a', 9), hold: expected });
  });

  test('replaces another hold and keeps what waits', () => {
    const before = {
      ...build('a', 9),
      hold: { by: 'bob', until: '2026-01-01T00:00:00Z' },
      waiting: build('b', 10),
    };
    expect(hold(fileOf(before), request).file.components.web).toEqual({ ...before, hold: { by: 'alice' } });
  });

  test('changes nothing when it is held so already', () => {
    const file = fileOf({ ...build('a', 9), hold: { by: 'alice' } });
    expect(hold(file, request)).toEqual({ file, outcome: 'unchanged', image: imageOf('a') });
    expect(hold(file, request).file).toBe(file);
  });

  test.each([
    { name: 'a component never built', of: { component: 'worker' }, code: 'not-found' },
    { name: 'an inherited name', of: { component: 'constructor' }, code: 'not-found' },
    { name: 'a time that is past', of: { until: '2026-11-24T12:00:00Z' }, code: 'usage' },
    { name: 'a time that is none', of: { until: 'tomorrow' }, code: 'usage' },
    { name: 'a date without an hour', of: { until: '2026-12-01' }, code: 'usage' },
    { name: 'a month that is none', of: { until: '2026-13-01T00:00:00Z' }, code: 'usage' },
    { name: 'a reason of a page', of: { reason: 'x'.repeat(501) }, code: 'usage' },
  ])('refuses $name', ({ of, code }) => {
    expect(() => hold(fileOf(build('a', 9)), { ...request, ...of })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('unhold', () => {
  const held = { ...build('a', 9), hold: { by: 'alice' } };
  const waiting = { ...held, waiting: build('b', 10), previous: [build('c', 8)] };

  test.each([
    { name: 'lifts a hold', before: held, keep: false, outcome: 'released', after: build('a', 9) },
    {
      name: 'deploys what waited',
      before: waiting,
      keep: false,
      outcome: 'deployed',
      after: { ...build('b', 10), previous: [build('a', 9), build('c', 8)] },
    },
    {
      name: 'keeps the image when told to',
      before: waiting,
      keep: true,
      outcome: 'released',
      after: { ...build('a', 9), previous: [build('c', 8)] },
    },
    {
      name: 'does nothing without a hold',
      before: build('a', 9),
      keep: false,
      outcome: 'unchanged',
      after: build('a', 9),
    },
  ])('$name', ({ before, keep, outcome, after }) => {
    const result = unhold(fileOf(before), 'web', { keep });
    expect(result.file.components.web).toEqual(after);
    expect(result).toMatchObject({ outcome, image: after.image });
    expect(unhold(result.file, 'web').file).toBe(result.file);
  });

  test('names the component that was likely meant', () => {
    expect(() => unhold(fileOf(held), 'wbe')).toThrow(
      expect.objectContaining({ code: 'not-found', hint: 'did you mean "web"?' }),
    );
  });
});
