import type { CommitId, ConfigRepo } from '../ports/config-repo.ts';

/** One planning of a batch on one head. */
export interface Run {
  /** Places in the batch of the edits that have something to land. */
  readonly changed: ReadonlySet<number>;
  /** Places of those that failed on this head. */
  readonly failed: ReadonlyMap<number, unknown>;
  /** Set once it is known to be on the branch. */
  landed?: CommitId;
}

/**
 * The repo with an eye on which planning each write was made of: `land` may plan several times, and lands the last one that
 * had something to add, which need not hold every edit that an earlier one landed.
 */
export function watchLandings(repo: ConfigRepo, current: () => Run | undefined): ConfigRepo {
  const written = new Map<string, Run>();
  return {
    name: repo.name,
    head: () => repo.head(),
    log: (path, limit) => repo.log(path, limit),
    async commit(base, change, options) {
      const run = current();
      if (run !== undefined) written.set(options.changeId, run);
      const landed = await repo.commit(base, change, options);
      if (run !== undefined) run.landed = landed.commit;
      return landed;
    },
    async findLanded(base, changeId) {
      const commit = await repo.findLanded(base, changeId);
      const run = written.get(changeId);
      if (commit !== undefined && run !== undefined) run.landed = commit;
      return commit;
    },
  };
}
