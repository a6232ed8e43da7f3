/** Texts that are kept from one run to the next and may be gone at any time. */
export interface Cache {
  /** `undefined` when there is none, or it cannot be read. */
  read(name: string): string | undefined;
  /** Replaces it whole. What cannot be kept is not: the next run then does the work again. */
  write(name: string, text: string): void;
}
