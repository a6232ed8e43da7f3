import { blastRadius, grouped } from '../model/blast-radius.ts';
import type { Diff, FieldChange } from '../model/diff.ts';
import { groupByObject, type ObjectGroup, showField, showValue, wholeObject } from './diff-groups.ts';

/** Git hosts refuse comments much longer than this; in bytes of UTF-8. */
const BYTES_MAX = 60_000;
/** Kept free for the line that says how much was left out. */
const RESERVE = 200;
const VALUE_MAX = 160;
/** A diff of so few objects is shown unfolded. */
const UNFOLDED_MAX = 5;

interface Section {
  readonly text: string;
  readonly objects: number;
}

/** A diff as a comment on a pull request: how far it reaches, then a folded table for each component. */
export function diffMarkdown(diff: Diff): string {
  const groups = groupByObject(diff);
  const sections = byOwner(groups).map((owned) => section(owned, groups.length <= UNFOLDED_MAX));
  let text = `**${blastRadius(diff)}**\n`;
  if (groups.length === 0 && diff.files.length > 0)
    text += `\n${grouped(diff.files.length)} files differ in form alone.\n`;
  let left = groups.length;
  let room = BYTES_MAX - RESERVE - bytesOf(text);
  for (const { text: part, objects } of sections) {
    room -= bytesOf(part);
    if (room < 0) break;
    text += part;
    left -= objects;
  }
  return left === 0
    ? text
    : `${text}\n…and ${grouped(left)} more objects; \`toolforge-gitops diff\` shows all.\n`;
}

function byOwner(groups: readonly ObjectGroup[]): readonly (readonly ObjectGroup[])[] {
  const owners = new Map<string, ObjectGroup[]>();
  for (const group of groups) {
    const owned = owners.get(group.owner);
    if (owned === undefined) owners.set(group.owner, [group]);
    else owned.push(group);
  }
  return [...owners.values()];
}

function section(groups: readonly ObjectGroup[], isOpen: boolean): Section {
  const owner = groups[0]?.owner ?? '';
  const title = `<b>${escapeText(owner)}</b>: ${groups.length === 1 ? '1 object' : `${grouped(groups.length)} objects`}`;
  const rows = groups.flatMap(objectRows);
  const table = ['| object | field | from | to |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const text = `\n<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${table}\n\n</details>\n`;
  return { text, objects: groups.length };
}

function objectRows(group: ObjectGroup): readonly string[] {
  const whole = wholeObject(group);
  if (whole !== undefined) return [row([escapeText(group.object), '', '', `**${whole}**`])];
  return group.changes.map((change) => fieldRow(group.object, change));
}

function fieldRow(object: string, change: FieldChange): string {
  const [from, to] = [change.from, change.to].map((value) => code(showValue(value, VALUE_MAX)));
  return row([escapeText(object), code(showField(change)), from ?? '', to ?? '']);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/**
 * Code by HTML, in which every mark is a character reference: so no backtick ends it, no bar a cell, no tag opens,
 * nobody is mentioned and nothing is linked.
 */
function code(text: string): string {
  return text === '' ? '' : `<code>${escapeText(text)}</code>`;
}

function escapeText(text: string): string {
  return text.replace(
    /[^\w .,/:=()+…\u00a0-\u{10ffff}-]|_|:(?=\/\/)|\/(?=\/)/gu,
    (char) => `&#${char.codePointAt(0)};`,
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
