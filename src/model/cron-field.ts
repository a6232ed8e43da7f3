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
  /** Ascending, days of the week from 0 to 6. */
  readonly values: readonly number[];
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

interface Part {
  readonly text: string;
  /** Its range ends on day 7, whether or not a step lands there. */
  readonly names7?: boolean;
  readonly values: readonly number[];
}

export function readCronField(field: CronFieldKind, text: string): CronField | CronFieldMistake {
  const parts: Part[] = [];
  for (const written of text.split(',')) {
    const part = readPart(field, written);
    if (typeof part === 'string') return { field, part: written, problem: part };
    parts.push(part);
  }
  return join(field, parts);
}

/** Kubernetes knows no day 7, so a field that names it is written out day by day. */
function join(field: CronFieldKind, parts: readonly Part[]): CronField {
  const sundays = field.max === 7;
  const seen = new Set(parts.flatMap(({ values }) => values.map((value) => (sundays ? value % 7 : value))));
  const values = [...seen].sort((a, b) => a - b);
  if (parts.some((part) => part.text === '*')) return { text: '*', values };
  const named7 = parts.some((part) => part.names7);
  return { text: named7 ? values.join(',') : parts.map((part) => part.text).join(','), values };
}

function readPart(field: CronFieldKind, text: string): Part | CronFieldMistake['problem'] {
  const match = PART.exec(text);
  if (match === null) return 'syntax';
  const [, star, first, last, every] = match;
  const step = every === undefined ? 1 : Number(every);
  if (step < 1 || step > field.max - field.min + 1) return 'step';
  const top = field.max === 7 ? 6 : field.max;
  if (star !== undefined) {
    return { text: step === 1 ? '*' : `*/${every}`, values: range(field.min, top, step) };
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
}: RangeText): Part | 'syntax' | 'range' | 'order' {
  const low = numberOf(field, first);
  if (low === undefined) return 'syntax';
  const open = stepped && last === undefined;
  const high = last === undefined ? (open ? Math.max(top, low) : low) : endOf(field, last, low);
  if (high === undefined) return 'syntax';
  if (low < field.min || low > field.max || high > field.max) return 'range';
  if (low > high) return 'order';
  return {
    text: open ? `${first}-${high}/${step}` : text,
    values: range(low, high, step),
    names7: field.max === 7 && high === 7,
  };
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

function range(low: number, high: number, step: number): number[] {
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
}
