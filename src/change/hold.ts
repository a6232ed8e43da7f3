import { GitopsError } from '../errors.ts';
import { oneLine } from '../model/commit-message.ts';
import type { Hold, ImagesFile } from '../model/images-file.ts';
import { formatTime, parseTime } from '../model/time.ts';
import { requireEntry, withEntry } from './entries.ts';

/** A reason is shown on a banner and in the commit: a sentence or two. */
const REASON_MAX = 500;

export interface HoldRequest {
  readonly component: string;
  readonly by: string;
  readonly reason?: string | undefined;
  /** RFC 3339. */
  readonly until?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface HoldResult {
  /** The very file that was given when it says all of this already. */
  readonly file: ImagesFile;
  readonly outcome: 'held' | 'unchanged';
  /** What the component goes on running. */
  readonly image: string;
}

/** Keeps a component on its image. A hold that is there is replaced; what waits goes on waiting. */
export function hold(file: ImagesFile, request: HoldRequest): HoldResult {
  const entry = requireEntry(file, request.component);
  const made = makeHold(request);
  if (entry.hold !== undefined && isSameHold(entry.hold, made)) {
    return { file, outcome: 'unchanged', image: entry.image };
  }
  const held = withEntry(file, request.component, { ...entry, hold: made });
  return { file: held, outcome: 'held', image: entry.image };
}

/** Throws `usage` for a time that is none or past, or a reason too long to show. */
export function makeHold({ by, reason, until, now }: Omit<HoldRequest, 'component'>): Hold {
  const why = reason === undefined ? '' : oneLine(reason);
  if (why.length > REASON_MAX) {
    throw new GitopsError('usage', `the reason has ${why.length} characters; at most ${REASON_MAX} fit`);
  }
  return {
    by: oneLine(by) || 'unknown',
    ...(why !== '' && { reason: why }),
    ...(until !== undefined && { until: parseUntil(until, now) }),
  };
}

export function isSameHold(a: Hold, b: Hold): boolean {
  return a.by === b.by && a.reason === b.reason && a.until === b.until;
}

function parseUntil(text: string, now: number): string {
  const time = parseTime(text);
  if (time === undefined) {
    throw new GitopsError('usage', `"${oneLine(text).slice(0, 40)}" is not a time to hold until`, {
      hint: 'write it as 2026-12-01T00:00:00Z',
    });
  }
  if (time <= now) {
    throw new GitopsError('usage', `a hold until ${text} has ended already`, { hint: 'name a time to come' });
  }
  return formatTime(time);
}
