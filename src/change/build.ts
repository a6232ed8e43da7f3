import { sameImage } from '../model/image-ref.ts';
import { type Build, type ImageEntry, PREVIOUS_MAX } from '../model/images-file.ts';
import { parseTime } from '../model/time.ts';
import { plainBuild } from './plain-build.ts';

/** A build time this far ahead of now comes from a broken clock: as if there were none, or nothing could follow it. */
const CLOCK_SKEW_MAX = 24 * 60 * 60 * 1000;

/**
 * Whether a build is known to be older than another. Without a time on either side, and with equal times, it is not: then
 * whatever arrives last counts as newer, since a rebuild of one commit may carry the commit's own date.
 */
export function isOlder(build: Build, than: Build, now: number): boolean {
  const [time, other] = [builtAt(build, now), builtAt(than, now)];
  return time !== undefined && other !== undefined && time < other;
}

function builtAt({ built_at }: Build, now: number): number | undefined {
  const time = parseTime(built_at ?? '');
  return time !== undefined && time <= now + CLOCK_SKEW_MAX ? time : undefined;
}

/** What was known of an image, with gaps filled from a later report of the same one; the same object when there are none. */
export function completed<T extends Build>(known: T, report: Build): T {
  const { source, built_at, build_url } = plainBuild(report);
  const added = {
    ...(known.source === undefined && source !== undefined && { source }),
    ...(known.built_at === undefined && built_at !== undefined && { built_at }),
    ...(known.build_url === undefined && build_url !== undefined && { build_url }),
  };
  return Object.keys(added).length === 0 ? known : { ...known, ...added };
}

/** An entry that runs `build` from now on; what it ran is its newest previous build. */
export function moved(entry: ImageEntry | undefined, build: Build): ImageEntry {
  const previous = entry === undefined ? [] : previousAfter(entry, build);
  return { ...plainBuild(build), ...(previous.length > 0 && { previous }) };
}

function previousAfter(entry: ImageEntry, build: Build): readonly Build[] {
  const kept: Build[] = [];
  for (const candidate of [entry, ...(entry.previous ?? [])]) {
    const isKnown = [build, ...kept].some(({ image }) => sameImage(image, candidate.image));
    if (!isKnown) kept.push(plainBuild(candidate));
  }
  return kept.slice(0, PREVIOUS_MAX);
}
