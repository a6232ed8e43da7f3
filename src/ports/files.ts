/** A folder on disk that holds a config repo's work tree, or is to become one. */
export interface Files {
  /** Absolute path, for messages. */
  readonly root: string;
  /** What a path is; links are not followed. `undefined` when there is nothing. */
  kind(path: string): Promise<'file' | 'folder' | 'link' | 'other' | undefined>;
  /** The text of a file. Throws `filesystem`; `refused` when a link leads out of the folder. */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder, sorted; folders end in `/`. Empty when there is none. */
  list(folder: string): Promise<readonly string[]>;
  /** Paths of all files below a folder, sorted. */
  listAll(folder: string): Promise<readonly string[]>;
  /** Replaces the files, all staged before the first is moved into place; `undefined` deletes. */
  write(files: readonly { readonly path: string; readonly text: string | undefined }[]): Promise<void>;
}
