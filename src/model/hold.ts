import type { Hold } from './images-file.ts';

/** Whether a hold still holds at `now` (milliseconds since 1970). One whose end cannot be read never ends by itself. */
export function isInForce(hold: Hold | undefined, now: number): hold is Hold {
  if (hold === undefined) return false;
  const until = hold.until === undefined ? Number.NaN : Date.parse(hold.until);
  return Number.isNaN(until) || until > now;
}
