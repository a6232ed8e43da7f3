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
  /** Replaces the files, all staged before the first is moved into place; `undefined` deletes. */
  write(files: readonly { readonly path: string; readonly text: string | undefined }[]): Promise<void>;
}
