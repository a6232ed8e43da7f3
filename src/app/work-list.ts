/** Jobs done in the background, some at a time. */
export interface WorkList {
  /**
   * Takes a job on; one with the same key that still waits is replaced, one that runs is followed by this one. Answers
   * whether there was room for it.
   */
  add(key: string, job: () => Promise<void>): boolean;
  /** Jobs that wait or run. */
  readonly size: number;
  /** Takes nothing more on; resolves once all is done. */
  close(): Promise<void>;
}

export interface WorkListOptions {
  readonly width: number;
  readonly maxWaiting: number;
  onError(key: string, error: unknown): void;
}

export function workList({ width, maxWaiting, onError }: WorkListOptions): WorkList {
  const waiting = new Map<string, () => Promise<void>>();
  const running = new Map<string, Promise<void>>();
  let isClosed = false;

  const start = () => {
    for (const [key, job] of waiting) {
      if (running.size >= width) return;
      if (running.has(key)) continue;
      waiting.delete(key);
      running.set(key, run(key, job));
    }
  };
  const run = async (key: string, job: () => Promise<void>) => {
    try {
      await job();
    } catch (error) {
      onError(key, error);
    }
    running.delete(key);
    start();
  };
  return {
    add(key, job) {
      if (isClosed || (waiting.size >= maxWaiting && !waiting.has(key))) return false;
      waiting.set(key, job);
      start();
      return true;
    },
    get size() {
      return waiting.size + running.size;
    },
    async close() {
      isClosed = true;
      while (running.size > 0) await Promise.race(running.values());
    },
  };
}
