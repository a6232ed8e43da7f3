import { blastRadius, grouped } from '../model/blast-radius.ts';
import type { Diff, FieldChange } from '../model/diff.ts';
import { groupByObject, type ObjectGroup, showField, showValue, wholeObject } from './diff-groups.ts';

/** Objects told of; a terminal's reader has seen enough by then. */
const OBJECTS_MAX = 500;
const VALUE_MAX = 200;
/** Up to this width both values stand on one line. */
const WIDTH = 100;

type Paint = (colour: 'red' | 'green' | 'bold', text: string) => string;

/** A diff for people: how far it reaches first, then field by field. */
export function diffText(diff: Diff, { colour = false } = {}): string {
  const paint = painter(colour);
  const groups = groupByObject(diff);
  const lines = [`${paint('bold', blastRadius(diff))}${fileCounts(diff)}`];
  let owner: string | undefined;
  for (const group of groups.slice(0, OBJECTS_MAX)) {
    if (group.owner !== owner) lines.push('', paint('bold', group.owner));
    owner = group.owner;
    lines.push(...objectLines(group, paint));
  }
  if (groups.length > OBJECTS_MAX) lines.push('', `and ${grouped(groups.length - OBJECTS_MAX)} more objects`);
  return `${lines.join('\n')}\n`;
}

function objectLines(group: ObjectGroup, paint: Paint): readonly string[] {
  const whole = wholeObject(group);
  if (whole === 'added') return [`  ${paint('green', `+ ${group.object}`)}`];
  if (whole === 'removed') return [`  ${paint('red', `- ${group.object}`)}`];
  return [`  ${group.object}`, ...group.changes.flatMap((change) => fieldLines(change, paint))];
}

function fieldLines(change: FieldChange, paint: Paint): readonly string[] {
  const { from, to } = change;
  const field = showField(change);
  const [old, fresh] = [paint('red', showValue(from, VALUE_MAX)), paint('green', showValue(to, VALUE_MAX))];
  if (from === undefined) return [`    ${paint('green', '+')} ${field}: ${fresh}`];
  if (to === undefined) return [`    ${paint('red', '-')} ${field}: ${old}`];
  const width = field.length + showValue(from, VALUE_MAX).length + showValue(to, VALUE_MAX).length;
  if (width <= WIDTH) return [`    ~ ${field}: ${old} → ${fresh}`];
  return [`    ~ ${field}:`, `      ${old}`, `    → ${fresh}`];
}

function fileCounts({ files }: Diff): string {
  const count = (kind: string) => files.filter(({ change }) => change === kind).length;
  if (files.length === 0) return '';
  const parts = [`${grouped(count('add'))} added`, `${grouped(count('change'))} changed`];
  return ` (files: ${parts.join(', ')}, ${grouped(count('delete'))} deleted)`;
}

function painter(colour: boolean): Paint {
  const codes = { red: 31, green: 32, bold: 1 };
  return (name, text) => (colour && text !== '' ? `\u001b[${codes[name]}m${text}\u001b[0m` : text);
}
