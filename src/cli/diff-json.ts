import type { Diff } from '../model/diff.ts';

/** A diff for programs: counts of tools; `null` for a value that is not there. */
export function diffJson({ tools, files, changes }: Diff): string {
  return JSON.stringify({
    tools: { total: tools.total, changed: tools.changed.length, deleted: tools.deleted.length },
    files,
    changes: changes.map(({ from = null, to = null, ...place }) => ({ ...place, from, to })),
  });
}
