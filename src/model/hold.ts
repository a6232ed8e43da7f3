import type { Hold } from './images-file.ts';
import { parseTime } from './time.ts';

/** Whether a hold still holds at `now` (milliseconds since 1970). One whose end cannot be read never ends by itself. */
export function isInForce(hold: Hold | undefined, now: number): hold is Hold {
  if (hold === undefined) return false;
  const until = parseTime(hold.until ?? '');
  return until === undefined || until > now;
}
