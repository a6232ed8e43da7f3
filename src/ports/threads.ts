/** Other cores of this machine, for pure work on a folder. */
export interface Threads {
  /** Into how many parts work is worth cutting, the caller's own among them; at least 1. */
  readonly width: number;
  /**
   * Has a request answered in another thread; both are plain values. Throws what the work throws, and `filesystem` when
   * the thread itself ends early.
   */
  run(request: unknown): Promise<unknown>;
}
