/** One field of a cron schedule, read as Vixie cron does and written as Kubernetes (robfig/cron) takes it. */

export interface CronFieldKind {
  readonly name: 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';
  readonly min: number;
  readonly max: number;
  /** In order, the first stands for `min`. */
  readonly names: readonly string[];
}

export interface CronField {
  /** As Kubernetes takes it. */
  readonly text: string;
  readonly parts: readonly CronPart[];
}

/** From `low` to `high` in steps. */
export interface CronPart {
  readonly text: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

export interface CronFieldMistake {
  readonly field: CronFieldKind;
  /** The part of the field that is wrong, as written. */
  readonly part: string;
  readonly problem: 'syntax' | 'range' | 'order' | 'step';
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Day of week is read up to 7, which is Sunday again. */
export const CRON_FIELDS: readonly CronFieldKind[] = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of month', min: 1, max: 31, names: [] },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 7, names: DAYS },
];

const PART = /^(?:([*?])|([0-9]{1,9}|[a-z]{3})(?:-([0-9]{1,9}|[a-z]{3}))?)(?:\/([0-9]{1,9}))?$/i;

export function readCronField(field: CronFieldKind, text: string): CronField | CronFieldMistake {
  const parts: CronPart[] = [];
  for (const written of text.split(',')) {
    const part = readPart(field, written);
    if (typeof part === 'string') return { field, part: written, problem: part };
    parts.push(part);
  }
  return { text: join(field, parts), parts };
}

/** When the field says so, ascending; Sunday is 0. */
export function valuesOf(field: CronFieldKind, parts: readonly CronPart[]): readonly number[] {
  const values = new Set<number>();
  for (const { low, high, step } of parts) {
    for (let value = low; value <= high; value += step) values.add(field.max === 7 ? value % 7 : value);
  }
  return [...values].sort((a, b) => a - b);
}

/** Kubernetes knows no day 7, so a field that names it is written out day by day. */
function join(field: CronFieldKind, parts: readonly CronPart[]): string {
  if (parts.some(({ text }) => text === '*')) return '*';
  const names7 = field.max === 7 && parts.some(({ high }) => high === 7);
  return names7 ? valuesOf(field, parts).join(',') : parts.map(({ text }) => text).join(',');
}

function readPart(field: CronFieldKind, text: string): CronPart | CronFieldMistake['problem'] {
  const match = PART.exec(text);
  if (match === null) return 'syntax';
  const [, star, first, last, every] = match;
  const step = every === undefined ? 1 : Number(every);
  if (step < 1 || step > field.max - field.min + 1) return 'step';
  const top = field.max === 7 ? 6 : field.max;
  if (star !== undefined) {
    return { text: step === 1 ? '*' : `*/${every}`, low: field.min, high: top, step };
  }
  return readRange({ field, text, first: first as string, last, step, top, stepped: every !== undefined });
}

interface RangeText {
  readonly field: CronFieldKind;
  readonly text: string;
  readonly first: string;
  readonly last: string | undefined;
  readonly step: number;
  readonly stepped: boolean;
  readonly top: number;
}

/** `5/15` means from 5 to the field's end; it is written out, since not every reader takes it. */
function readRange({
  field,
  text,
  first,
  last,
  step,
  stepped,
  top,
}: RangeText): CronPart | 'syntax' | 'range' | 'order' {
  const low = numberOf(field, first);
  if (low === undefined) return 'syntax';
  const open = stepped && last === undefined;
  const high = last === undefined ? (open ? Math.max(top, low) : low) : endOf(field, last, low);
  if (high === undefined) return 'syntax';
  if (low < field.min || low > field.max || high > field.max) return 'range';
  if (low > high) return 'order';
  return { text: open ? `${first}-${high}/${step}` : text, low, high, step };
}

/** Sunday ends a week as well as it begins one: `FRI-SUN`. */
function endOf(field: CronFieldKind, text: string, low: number): number | undefined {
  const value = numberOf(field, text);
  return value === 0 && low > 0 && field.max === 7 && !/^[0-9]/.test(text) ? 7 : value;
}

function numberOf(field: CronFieldKind, text: string): number | undefined {
  if (/^[0-9]/.test(text)) return Number(text);
  const index = field.names.indexOf(text.toUpperCase());
  return index < 0 ? undefined : index + field.min;
}
