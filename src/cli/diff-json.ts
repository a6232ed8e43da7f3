import type { Diff } from '../model/diff.ts';

/** A diff for programs: counts of tools; `null` for a value that is not there. */
export function diffJson(diff: Diff): string {
  return JSON.stringify(diffValue(diff));
}

export function diffValue({ tools, files, changes }: Diff): Record<string, unknown> {
  return {
    tools: { total: tools.total, changed: tools.changed.length, deleted: tools.deleted.length },
    files,
    changes: changes.map(({ from = null, to = null, ...place }) => ({ ...place, from, to })),
  };
}
