import type { ConfigRepo, Snapshot } from '../ports/config-repo.ts';
import { overlaySnapshot } from './overlay-snapshot.ts';
import { prefetchSpecs } from './prefetch.ts';

/** The newest head for many callers at once. */
export interface HeadReader {
  /** A head no older than the call; the files of the tool, if one is named, are read already. */
  at(tool?: string): Promise<Snapshot>;
}

interface Caller {
  readonly tool: string | undefined;
  resolve(head: Snapshot): void;
  reject(error: unknown): void;
}

/**
 * Asks for the head once a round, for all who came while the round before was under way: never older than what a caller
 * may expect (a token revoked before the call is revoked), and 500 callers at once are two requests.
 */
export function headReader(repo: ConfigRepo): HeadReader {
  let waiting: Caller[] = [];
  let isWorking = false;
  const work = async () => {
    isWorking = true;
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      await serve(repo, round);
    }
    isWorking = false;
  };
  return {
    at: (tool) =>
      new Promise((resolve, reject) => {
        waiting.push({ tool, resolve, reject });
        if (!isWorking) void work();
      }),
  };
}

async function serve(repo: ConfigRepo, round: readonly Caller[]): Promise<void> {
  try {
    const head = overlaySnapshot(await repo.head());
    const tools = new Set(round.flatMap(({ tool }) => (tool === undefined ? [] : [tool])));
    await prefetchSpecs(head, [...tools]);
    for (const { resolve } of round) resolve(head);
  } catch (error) {
    for (const { reject } of round) reject(error);
  }
}
