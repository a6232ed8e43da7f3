import type { Diff } from './diff.ts';

/** How far a change reaches, in one line: `3 of 3,500 tools change, 0 deleted`. */
export function blastRadius({ tools }: Diff): string {
  const [changed, total, deleted] = [tools.changed.length, tools.total, tools.deleted.length].map(grouped);
  return `${changed} of ${total} ${tools.total === 1 ? 'tool changes' : 'tools change'}, ${deleted} deleted`;
}

/** Thousands set apart, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
