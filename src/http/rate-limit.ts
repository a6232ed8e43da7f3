import type { Clock } from '../ports/clock.ts';

export interface RateLimit {
  /** Whether one more may go ahead now. */
  take(): boolean;
}

/** A bucket of tokens: `burst` at once, `perSecond` from then on. */
export function rateLimit(
  clock: Clock,
  { perSecond, burst }: { perSecond: number; burst: number },
): RateLimit {
  let tokens = burst;
  let last = clock.now();
  return {
    take() {
      const now = clock.now();
      tokens = Math.min(burst, tokens + (Math.max(0, now - last) / 1000) * perSecond);
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
