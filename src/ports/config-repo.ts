import type { Change, Identity } from '../model/change.ts';

export type CommitId = string & { readonly __brand: 'CommitId' };

/** The config repo at one commit, read lazily: what is not asked for costs nothing. */
export interface Snapshot {
  readonly commit: CommitId;
  /**
   * The texts of files, in the order asked; `undefined` for what is not there. A symbolic link or a folder is not a
   * file, so is `undefined` too. Throws `remote-failed`.
   */
  read(paths: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Names in a folder, sorted; folders end in `/`. Empty when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Paths of all files below a folder, sorted, relative to the repo's root. Costs more with more files. */
  listAll(folder: string): Promise<readonly string[]>;
}

/** A commit as history shows it. */
export interface CommitInfo {
  readonly commit: CommitId;
  readonly subject: string;
  /** The whole message, trailers included. */
  readonly message: string;
  readonly author: Identity;
  /** RFC 3339, UTC. */
  readonly date: string;
}

export interface CommitOptions {
  readonly author: Identity;
  readonly committer: Identity;
  /** RFC 3339, UTC: both dates of the commit. */
  readonly date: string;
  /** Unique to this commit: how it is recognised when the answer to its write was lost. Kept as a trailer. */
  readonly changeId: string;
}

/** The branch of the config repo that Argo CD follows. */
export interface ConfigRepo {
  /** Where it is, for messages: never holds a credential. */
  readonly name: string;
  /** The newest commit. Throws `unavailable` (no such repo or branch, or an empty repo), `permission`, `remote-failed`. */
  head(): Promise<Snapshot>;
  /**
   * Lands `change` on `base`, all of it or nothing, and answers the commit that is on the branch.
   * Throws `stale-head` when the branch moved, `permission` (read-only token, protected branch, archived repo) and
   * `remote-failed` when it cannot be known whether it landed or the remote failed.
   */
  commit(base: Snapshot, change: Change, options: CommitOptions): Promise<Landed>;
  /** The commits of the branch that touched a path, newest first. */
  log(path: string, limit: number): Promise<readonly CommitInfo[]>;
  /** The commit with this change id among those after `base`, if it landed. */
  findLanded(base: CommitId, changeId: string): Promise<CommitId | undefined>;
}

export interface Landed {
  readonly commit: CommitId;
  /** The parent that it really has: with Gitea it may be newer than the base that was read. */
  readonly parent: CommitId;
}
