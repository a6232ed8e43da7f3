import { nearest } from '../model/nearest.ts';
import { SCHEDULE_MACROS, type ScheduleMistake } from '../model/schedule.ts';

/** What to say about a schedule that cannot be kept. */
export interface ScheduleAdvice {
  readonly message: string;
  readonly suggestion: string;
}

const EXAMPLE = 'write five fields (minute hour day month weekday) such as "0 5 * * *", or @daily';
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const SHOWN_MAX = 60;

export function adviseOnSchedule(text: string, mistake: ScheduleMistake): ScheduleAdvice {
  const shown = JSON.stringify(text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text);
  switch (mistake.kind) {
    case 'macro':
      return { message: `schedule ${shown} is not known here`, suggestion: adviseOnMacro(mistake.text) };
    case 'fields':
      return {
        message: `schedule ${shown} has ${mistake.count} fields, not five`,
        suggestion: adviseOnCount(text.trim(), mistake.count),
      };
    case 'never':
      return {
        message: `schedule ${shown} never fires: no month that it names has such a day`,
        suggestion: 'choose a day of the month that exists; days up to 28 exist in every month',
      };
    case 'field':
      return adviseOnField(shown, mistake);
  }
}

function adviseOnMacro(macro: string): string {
  const known = `known are ${SCHEDULE_MACROS.join(', ')} and five fields such as "0 5 * * *"`;
  if (macro === '@reboot')
    return `for a job before each deploy use component_type: one-off with run.on_deploy: true; ${known}`;
  if (macro === '@midnight') return 'did you mean "@daily"?';
  if (macro === '@annually') return 'did you mean "@yearly"?';
  const every = /^@every\s+([0-9]{1,4})(m|h)$/.exec(macro);
  if (every !== null) return adviseOnEvery(Number(every[1]), every[2] as string) ?? known;
  const meant = nearest(macro, SCHEDULE_MACROS);
  return meant === undefined ? known : `did you mean "${meant}"?`;
}

/** Only a divisor of the hour or day has an equal in cron. */
function adviseOnEvery(count: number, unit: string): string | undefined {
  const whole = unit === 'm' ? 60 : 24;
  if (count < 1 || whole % count !== 0) return undefined;
  const step = count === 1 ? '*' : count === whole ? '0' : `*/${count}`;
  return `did you mean "${unit === 'm' ? `${step} * * * *` : `0 ${step} * * *`}"?`;
}

function adviseOnCount(text: string, count: number): string {
  const words = text.toLowerCase().split(/\s+/);
  const day = DAYS.findIndex((name) => words.some((word) => word === name || word === `${name}s`));
  if (day >= 0) return `did you mean "0 0 * * ${day}"? ${EXAMPLE}`;
  const macro = nearest(`@${words.at(-1)}`, SCHEDULE_MACROS);
  if (macro !== undefined && count <= 2) return `did you mean "${macro}"? ${EXAMPLE}`;
  if (count > 5 && /^[0-9*]/.test(text)) return adviseOnMore(text.split(/\s+/));
  return EXAMPLE;
}

/** A line of a crontab, which has the command behind its fields, or seconds before them. */
function adviseOnMore(words: readonly string[]): string {
  const sixth = words[5] ?? '';
  if (/[a-z./]{2}/i.test(sixth) && !/^[*\d]/.test(sixth)) {
    return 'keep the five fields; what is to be started stands in `command`';
  }
  const rest = words.slice(1).join(' ');
  if (words.length === 6 && words[0] === '0' && rest.length <= SHOWN_MAX) {
    return `did you mean ${JSON.stringify(rest)}? There is no field for seconds`;
  }
  return `there is no field for seconds or years; ${EXAMPLE}`;
}

function adviseOnField(shown: string, mistake: ScheduleMistake & { kind: 'field' }): ScheduleAdvice {
  const { field, part, problem } = mistake;
  const where = `${field.name} ${JSON.stringify(part.slice(0, SHOWN_MAX))} of schedule ${shown}`;
  const names = field.names.length > 0 ? ` or ${field.names[0]}–${field.names.at(-1)}` : '';
  const allowed = `${field.name} takes *, ${field.min}–${field.max}${names}, lists (1,2), ranges (1-5) and steps (*/5)`;
  switch (problem) {
    case 'range':
      return {
        message: `${where} is out of range`,
        suggestion: `${field.name} goes from ${field.min} to ${field.max}`,
      };
    case 'order':
      return {
        message: `${where} runs backwards`,
        suggestion: `write the lower end first, or two ranges: ${allowed}`,
      };
    case 'step':
      return {
        message: `the step in ${where} does not fit`,
        suggestion: `a step is at least 1 and at most ${field.max - field.min + 1}`,
      };
    case 'syntax':
      return { message: `${where} cannot be read`, suggestion: allowed };
  }
}
