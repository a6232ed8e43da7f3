import type { Clock } from '../../src/ports/clock.ts';

/** Time that passes only by sleeping, and chance that counts up: each run is the same. */
export function fakeClock(start = Date.parse('2026-11-24T10:00:00Z')): Clock & { readonly slept: number[] } {
  let now = start;
  let draws = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
    },
    random() {
      draws += 1;
      return (draws * 0.618_033_988_75) % 1;
    },
  };
}
