import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSchedule, SCHEDULE_MACROS } from '../../src/model/schedule.ts';

const OWNER = { tool: 'hello', component: 'backup' };
const FROM = new Date('2025-11-01T00:00:00Z');

function cronOf(text: string, owner = OWNER): string {
  const read = readSchedule(text, owner);
  if (!('cron' in read)) throw new Error(`refused: ${JSON.stringify(read.mistake)}`);
  return read.cron;
}

function firings(text: string): string[] {
  const cron = new Cron(text, { mode: '5-part', utcOffset: 0, paused: true });
  return cron.nextRuns(12, FROM).map((date) => date.toISOString());
}

/** The grammar of robfig/cron's standard parser, as far as we write it. */
function kubernetesTakes(cron: string): boolean {
  const bounds = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 6]] as const; // biome-ignore format: a table
  const fields = cron.split(' ');
  return (
    fields.length === 5 &&
    fields.every((field, index) => {
      const [min, max] = bounds[index] as readonly [number, number];
      return field.split(',').every((part) => {
        const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/([1-9]\d*))?$/.exec(part);
        if (match === null) return false;
        const ends = [match[1], match[2]].filter((end) => end !== undefined && /^\d/.test(end)).map(Number);
        return (
          ends.every((end) => end >= min && end <= max) &&
          (ends.length < 2 || Number(ends[0]) <= Number(ends[1]))
        );
      });
    })
  );
}

describe('five fields', () => {
  test.each([
    ['*/5 * * * *', '*/5 * * * *'],
    ['02 07 * * *', '02 07 * * *'],
    ['  0\t0   1,15 * *  ', '0 0 1,15 * *'],
    ['0 0 * JAN-mar MON', '0 0 * JAN-mar MON'],
    ['0 0 * * 7', '0 0 * * 0'],
    ['0 0 * * 5-7', '0 0 * * 0,5,6'],
    ['0 0 * * 1,7', '0 0 * * 0,1'],
    ['0 0 * * 0-7', '0 0 * * 0,1,2,3,4,5,6'],
    ['0 0 * * FRI-SUN', '0 0 * * 0,5,6'],
    ['0 0 * * SUN-TUE', '0 0 * * SUN-TUE'],
    ['0 0 * * 1-7/2', '0 0 * * 0,1,3,5'],
    ['0 0 * * 7/2', '0 0 * * 0'],
    ['5/15 * * * *', '5-59/15 * * * *'],
    ['? ? ? ? ?', '* * * * *'],
    ['*/1 * * * *', '* * * * *'],
    ['0 0 * * *,1', '0 0 * * *'],
    ['0 0 29 2 *', '0 0 29 2 *'],
    ['0 0 30 2 1', '0 0 30 2 1'],
    ['0 0 31 2,3 *', '0 0 31 2,3 *'],
  ])('%j is written %j', (text, expected) => {
    expect(cronOf(text)).toBe(expected);
    expect(kubernetesTakes(cronOf(text))).toBe(true);
  });

  test.each([
    ['', { kind: 'fields', count: 0 }],
    ['* * * *', { kind: 'fields', count: 4 }],
    ['0 * * * * *', { kind: 'fields', count: 6 }],
    ['every tuesday', { kind: 'fields', count: 2 }],
    ['@reboot', { kind: 'macro', text: '@reboot' }],
    ['@every 5m', { kind: 'macro', text: '@every 5m' }],
    ['@Daily', { kind: 'macro', text: '@Daily' }],
    ['0 0 30 2 *', { kind: 'never' }],
    ['0 0 30-31 FEB *', { kind: 'never' }],
    ['0 0 31 4,6,9,11 *', { kind: 'never' }],
    ['0 0 L * *', { kind: 'field', part: 'L', problem: 'syntax' }],
    ['0 0 15W * *', { kind: 'field', part: '15W', problem: 'syntax' }],
    ['0 0 * * 1#2', { kind: 'field', part: '1#2', problem: 'syntax' }],
    ['0 0 * FOO *', { kind: 'field', part: 'FOO', problem: 'syntax' }],
    ['0 0 * MON *', { kind: 'field', part: 'MON', problem: 'syntax' }],
    ['1,,2 * * * *', { kind: 'field', part: '', problem: 'syntax' }],
    ['1-2-3 * * * *', { kind: 'field', part: '1-2-3', problem: 'syntax' }],
    ['-1 * * * *', { kind: 'field', part: '-1', problem: 'syntax' }],
    ['*/5/5 * * * *', { kind: 'field', part: '*/5/5', problem: 'syntax' }],
    ['60 * * * *', { kind: 'field', part: '60', problem: 'range' }],
    ['0 24 * * *', { kind: 'field', part: '24', problem: 'range' }],
    ['0 0 0 * *', { kind: 'field', part: '0', problem: 'range' }],
    ['0 0 * 13 *', { kind: 'field', part: '13', problem: 'range' }],
    ['0 0 * * 8', { kind: 'field', part: '8', problem: 'range' }],
    ['0 0 * * 5-8', { kind: 'field', part: '5-8', problem: 'range' }],
    ['0 22-4 * * *', { kind: 'field', part: '22-4', problem: 'order' }],
    ['*/0 * * * *', { kind: 'field', part: '*/0', problem: 'step' }],
    ['*/61 * * * *', { kind: 'field', part: '*/61', problem: 'step' }],
  ])('%j is refused', (text, mistake) => {
    expect(readSchedule(text, OWNER)).toMatchObject({ mistake });
  });
});

interface FieldSpace {
  readonly min: number;
  readonly max: number;
}

/** Steps from 2 up: `*`/1 is a star to Kubernetes and no star to croner. */
function field({ min, max }: FieldSpace): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 2, max: Math.min(max, 7) });
  const part = fc.oneof(
    value.map(String),
    value.map((number) => String(number).padStart(2, '0')),
    range,
    fc.tuple(range, step).map(([text, every]) => `${text}/${every}`),
    step.map((every) => `*/${every}`),
  );
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant('*') },
    { weight: 2, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')) },
  );
}

const SCHEDULE = fc
  .tuple(
    field({ min: 0, max: 59 }),
    field({ min: 0, max: 23 }),
    field({ min: 1, max: 31 }),
    field({ min: 1, max: 12 }),
    field({ min: 0, max: 7 }),
  )
  .map((fields) => fields.join(' '));

describe('any schedule', () => {
  test('fires when its text says, and in a form that Kubernetes takes', () => {
    fc.assert(
      fc.property(SCHEDULE, (text) => {
        const read = readSchedule(text, OWNER);
        if ('mistake' in read) {
          expect(read.mistake.kind).toBe('never');
          expect(firings(text)).toEqual([]);
        } else {
          expect(kubernetesTakes(read.cron)).toBe(true);
          expect(firings(read.cron)).toEqual(firings(text));
          expect(firings(text)).not.toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void readSchedule(text, OWNER)));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789*/,-?@ JANSUNmon#LW') }), (text) => {
        const read = readSchedule(text, OWNER);
        if ('cron' in read) expect(kubernetesTakes(read.cron)).toBe(true);
      }),
    );
  });
});

describe('macros', () => {
  const NAME = fc.stringMatching(/^[a-z0-9]{1,20}$/);

  test.each([
    ['@hourly', /^\d+ \* \* \* \*$/],
    ['@daily', /^\d+ \d+ \* \* \*$/],
    ['@weekly', /^\d+ \d+ \* \* [0-6]$/],
    ['@monthly', /^\d+ \d+ \d+ \* \*$/],
    ['@yearly', /^\d+ \d+ \d+ \d+ \*$/],
  ])('%s gets stable values for its fixed fields', (macro, shape) => {
    fc.assert(
      fc.property(NAME, NAME, (tool, component) => {
        const cron = cronOf(macro, { tool, component });
        expect(cron).toMatch(shape);
        expect(cron).toBe(cronOf(macro, { tool, component }));
        expect(readSchedule(cron, OWNER)).toEqual({ cron });
        if (macro === '@monthly' || macro === '@yearly')
          expect(Number(cron.split(' ')[2])).toBeLessThanOrEqual(28);
      }),
    );
  });

  test('are pinned: a release that moves them would move every job', () => {
    expect(SCHEDULE_MACROS.map((macro) => cronOf(macro))).toMatchInlineSnapshot(`
      [
        "46 * * * *",
        "46 13 * * *",
        "46 13 * * 1",
        "46 13 16 * *",
        "46 13 16 2 *",
      ]
    `);
  });

  test('differ between tools and between components', () => {
    const minutes = new Set(
      Array.from({ length: 1000 }, (_, n) => cronOf('@daily', { tool: `t${n}`, component: 'x' })),
    );
    expect(minutes.size).toBeGreaterThan(600);
    expect(cronOf('@daily', { tool: 'a', component: 'b' })).not.toBe(
      cronOf('@daily', { tool: 'a', component: 'c' }),
    );
  });
});
