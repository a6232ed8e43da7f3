import type { Diff, FieldChange } from '../model/diff.ts';
import type { Json } from '../model/json.ts';

/** The changed fields of one object, under the tool and component that it belongs to. */
export interface ObjectGroup {
  /** `hello/web`, `hello (platform)`, or `platform` for what belongs to no tool. */
  readonly owner: string;
  /** `Deployment web` */
  readonly object: string;
  readonly changes: readonly FieldChange[];
}

/** Objects' names are at most 253 characters. */
const NAME_MAX = 300;

/** A diff's changes by object, in their order. */
export function groupByObject({ changes }: Diff): readonly ObjectGroup[] {
  const groups: { owner: string; object: string; changes: FieldChange[] }[] = [];
  for (const change of changes) {
    const [owner, object] = [ownerName(change), showValue(`${change.kind} ${change.name}`, NAME_MAX)];
    const last = groups.at(-1);
    if (last?.owner === owner && last.object === object && change.field !== '') last.changes.push(change);
    else groups.push({ owner, object, changes: [change] });
  }
  return groups;
}

/** A field's path on one line. */
export function showField({ field }: FieldChange): string {
  return showValue(field, NAME_MAX);
}

/** Whether an object comes or goes as a whole. */
export function wholeObject({ changes: [change] }: ObjectGroup): 'added' | 'removed' | undefined {
  if (change === undefined || change.field !== '') return undefined;
  return change.to === undefined ? 'removed' : 'added';
}

/** A value on one line, cut to `max` characters; text that could move a terminal's cursor or hide is escaped. */
export function showValue(value: Json | undefined, max: number): string {
  if (value === undefined) return '';
  const isPlain = typeof value === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
  const text = isPlain ? value : escapeHidden(JSON.stringify(value));
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function ownerName({ tool, component }: FieldChange): string {
  if (tool === '') return 'platform';
  return component === '' ? `${tool} (platform)` : `${tool}/${component}`;
}

function escapeHidden(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => {
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
