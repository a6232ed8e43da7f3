/** A planned write to the config repo: computed whole, previewed or landed whole. */

export interface Change {
  readonly files: readonly FileChange[];
  readonly message: CommitMessage;
}

export interface FileChange {
  /** Relative to the repo's root, with `/`, without `..`. */
  readonly path: string;
  /** New text; `undefined` deletes the file. */
  readonly text: string | undefined;
}

/** A file's whole text. */
export interface FileText extends FileChange {
  readonly text: string;
}

export interface CommitMessage {
  /** One line; Argo CD shows its first 64 characters. */
  readonly subject: string;
  readonly body?: string | undefined;
  /** In order; a key may repeat. */
  readonly trailers: readonly Trailer[];
}

export interface Trailer {
  readonly key: string;
  readonly value: string;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}
