import type { FileText } from '../model/change.ts';

/** A folder on disk that holds a config repo's work tree, or is to become one. */
export interface Files {
  /** Absolute path, for messages. */
  readonly root: string;
  /** What a path is; links are not followed. `undefined` when there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | 'link' | 'other' | undefined>;
  /**
   * The text of a file; of one over 256 KiB outside manifests-out/ only its beginning, still over that size, so that a
   * check of the size tells. `undefined` when there is nothing. Throws `refused` when it or a folder on the way is a
   * link, `filesystem` for a folder, a pipe, an unreadable file, or what is not UTF-8 text.
   */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder, sorted; folders end in `/`, links do not. Empty when there is none. Leaves out `.git`. */
  list(folder: string): Promise<readonly string[]>;
  /** Paths of all files below a folder, sorted, links and whatever else is no folder among them. */
  listAll(folder: string): Promise<readonly string[]>;
  /**
   * Begins to change files, or with an `id` takes part in what another thread of this process began. One at a time in a
   * folder and process.
   */
  stage(id?: string): Stage;
}

/** New files that lie aside until all are known. Each throws `filesystem` when the disk does not let it. */
export interface Stage {
  readonly id: string;
  /** Writes out new files, of which none is in its place yet. */
  add(files: readonly FileText[]): Promise<void>;
  /** Takes back files that were added. */
  drop(paths: readonly string[]): Promise<void>;
  /**
   * Moves all that was added, by any thread, into place, then deletes. Throws `refused` or `filesystem`, with nothing
   * moved, where a link, a file or a folder is in the way.
   */
  commit(change: StagedChange): Promise<void>;
  /** Removes what lies aside still; always the last call, after which nothing tells that there was a stage. */
  discard(): Promise<void>;
}

export interface StagedChange {
  /** Paths of all files that were added and not dropped. */
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
}
