import {
  CRON_FIELDS,
  type CronField,
  type CronFieldKind,
  type CronFieldMistake,
  readCronField,
  valuesOf,
} from './cron-field.ts';
import { hash32 } from './hash.ts';

/** When a scheduled component runs: what is written, what Kubernetes gets. */

export type Schedule = { readonly cron: string } | { readonly mistake: ScheduleMistake };

export type ScheduleMistake =
  | { readonly kind: 'fields'; readonly count: number }
  | { readonly kind: 'macro'; readonly text: string }
  | { readonly kind: 'never' }
  | ({ readonly kind: 'field' } & CronFieldMistake);

export const SCHEDULE_MACROS = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'] as const;
type ScheduleMacro = (typeof SCHEDULE_MACROS)[number];

/** The longest that each month gets, January first. */
const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Every month has it. */
const LAST_COMMON_DAY = 28;

/**
 * Five cron fields that Kubernetes takes, firing when the text says. A macro's fixed fields become values that are
 * stable for the tool and component and differ between them, so that midnight is no stampede.
 */
export function readSchedule(text: string, owner: { tool: string; component: string }): Schedule {
  const trimmed = text.trim();
  if (trimmed.startsWith('@')) {
    return isMacro(trimmed)
      ? { cron: spread(trimmed, hash32(`${owner.tool}/${owner.component}`)) }
      : { mistake: { kind: 'macro', text: trimmed } };
  }
  return readFields(trimmed === '' ? [] : trimmed.split(/\s+/));
}

function isMacro(text: string): text is ScheduleMacro {
  return (SCHEDULE_MACROS as readonly string[]).includes(text);
}

/** Each field draws from its own part of the hash; a tool's macros share their minute and hour. */
function spread(macro: ScheduleMacro, hash: number): string {
  const minute = hash % 60;
  const hour = Math.floor(hash / 60) % 24;
  const rest = Math.floor(hash / (60 * 24));
  const day = 1 + (rest % LAST_COMMON_DAY);
  const month = 1 + (Math.floor(rest / LAST_COMMON_DAY) % 12);
  switch (macro) {
    case '@hourly':
      return `${minute} * * * *`;
    case '@daily':
      return `${minute} ${hour} * * *`;
    case '@weekly':
      return `${minute} ${hour} * * ${rest % 7}`;
    case '@monthly':
      return `${minute} ${hour} ${day} * *`;
    case '@yearly':
      return `${minute} ${hour} ${day} ${month} *`;
  }
}

function readFields(texts: readonly string[]): Schedule {
  if (texts.length !== CRON_FIELDS.length) return { mistake: { kind: 'fields', count: texts.length } };
  const fields: CronField[] = [];
  for (const [index, kind] of CRON_FIELDS.entries()) {
    const field = readCronField(kind, texts[index] as string);
    if ('problem' in field) return { mistake: { kind: 'field', ...field } };
    fields.push(field);
  }
  if (neverFires(fields)) return { mistake: { kind: 'never' } };
  return { cron: fields.map((field) => field.text).join(' ') };
}

/** 30 February. A day of the week beside a day of the month is another way to fire, since either will do. */
function neverFires(fields: readonly CronField[]): boolean {
  const [, , day, month, weekday] = fields as [CronField, CronField, CronField, CronField, CronField];
  if (day.text === '*' || weekday.text !== '*') return false;
  const [, , dayKind, monthKind] = CRON_FIELDS as [
    CronFieldKind,
    CronFieldKind,
    CronFieldKind,
    CronFieldKind,
  ];
  const earliest = valuesOf(dayKind, day.parts)[0] as number;
  return valuesOf(monthKind, month.parts).every((value) => earliest > (LONGEST[value - 1] as number));
}
