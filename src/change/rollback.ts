import { GitopsError } from '../errors.ts';
import { isInForce } from '../model/hold.ts';
import { parseImageRef, sameImage } from '../model/image-ref.ts';
import type { Build, Hold, ImageEntry, ImagesFile } from '../model/images-file.ts';
import { isOlder, moved } from './build.ts';
import { requireEntry, withEntry } from './entries.ts';
import { isSameHold, makeHold } from './hold.ts';
import { plainBuild } from './plain-build.ts';

/** What may be given as `--to`: a digest, or its first digits. */
const DIGEST_PREFIX = /^(?:sha256:)?([0-9a-f]{7,64})$/;

export interface RollbackRequest {
  readonly component: string;
  /** Digest or unambiguous prefix of at least 7 hex digits; without it the newest earlier build. */
  readonly to?: string | undefined;
  readonly by: string;
  readonly reason?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface RollbackResult {
  /** The very file that was given when the component runs and holds that image already. */
  readonly file: ImagesFile;
  readonly outcome: 'rolled-back' | 'unchanged';
  /** What runs now. */
  readonly build: Build;
  /** What ran before. */
  readonly left: Build;
}

/**
 * Goes back to an earlier build and holds it there. The build left behind stays a rollback target, and waits behind the
 * hold unless a newer one does: so `unhold` goes forward again, to the newest build there is.
 */
export function rollback(file: ImagesFile, request: RollbackRequest): RollbackResult {
  const { component, now } = request;
  const entry = requireEntry(file, component);
  const target = findTarget(entry, request);
  const made = makeHold({ by: request.by, reason: request.reason, now });
  const [build, left] = [plainBuild(target), plainBuild(entry)];
  if (sameImage(target.image, entry.image) && entry.hold !== undefined && isSameHold(entry.hold, made)) {
    return { file, outcome: 'unchanged', build, left };
  }
  const after = rolledBack(entry, { target, hold: made, now });
  return { file: withEntry(file, component, after), outcome: 'rolled-back', build, left };
}

/** The build that a rollback would go to, for asking the registry first. Throws `not-found`, `usage`, `refused`. */
export function rollbackTarget(file: ImagesFile, request: Omit<RollbackRequest, 'by' | 'reason'>): Build {
  return plainBuild(findTarget(requireEntry(file, request.component), request));
}

function rolledBack(
  entry: ImageEntry,
  { target, hold, now }: { target: Build; hold: Hold; now: number },
): ImageEntry {
  const { previous, ...build } = moved(entry, target);
  const waiting = waitingAfter(entry, target, now);
  return { ...build, hold, ...(waiting !== undefined && { waiting }), ...(previous && { previous }) };
}

/** The newer of what waits and what was left behind; nothing when the target is itself the newest. */
function waitingAfter(entry: ImageEntry, target: Build, now: number): Build | undefined {
  const { waiting } = entry;
  if (sameImage(target.image, entry.image)) return waiting;
  const left = plainBuild(entry);
  if (waiting === undefined) return isOlder(left, target, now) ? undefined : left;
  if (sameImage(target.image, waiting.image)) return isOlder(target, left, now) ? left : undefined;
  return isOlder(waiting, left, now) ? left : waiting;
}

function findTarget(
  entry: ImageEntry,
  { component, to, now }: Omit<RollbackRequest, 'by' | 'reason'>,
): Build {
  if (to !== undefined) return findByDigest(entry, component, to);
  if (isInForce(entry.hold, now)) throw heldAlready(entry, component);
  const { previous = [], waiting } = entry;
  const earlier = previous.find(
    (build) => !isOlder(entry, build, now) && !(waiting && sameImage(build.image, waiting.image)),
  );
  if (earlier !== undefined) return earlier;
  throw new GitopsError('refused', `component "${component}" has no earlier build to go back to`, {
    hint:
      previous.length > 0 ? `name one with --to: ${listDigests(previous)}` : 'deploy a fixed build instead',
  });
}

/** A rollback that is sent again, its answer lost, must not go back twice. */
function heldAlready({ image, previous = [] }: ImageEntry, component: string): GitopsError {
  return new GitopsError(
    'refused',
    `component "${component}" is held already, at ${hexOf(image).slice(0, 12)}`,
    {
      hint: `to go back further all the same, name the build with --to: ${listDigests(previous)}`,
    },
  );
}

function findByDigest(entry: ImageEntry, component: string, to: string): Build {
  const [, digits] = DIGEST_PREFIX.exec(to.trim().toLowerCase()) ?? [];
  if (digits === undefined) {
    throw new GitopsError('usage', 'the build to go back to must be named by its digest', {
      hint: 'give sha256:… or at least the first 7 of its hex digits',
    });
  }
  const known = [entry, ...(entry.previous ?? []), ...(entry.waiting ? [entry.waiting] : [])];
  const found = known.filter(({ image }) => hexOf(image).startsWith(digits));
  const [first] = found;
  if (first === undefined) {
    throw new GitopsError(
      'not-found',
      `component "${component}" has no recorded build with digest ${digits}`,
      {
        hint: `recorded: ${listDigests(known)}`,
      },
    );
  }
  if (found.some(({ image }) => !sameImage(image, first.image))) {
    throw new GitopsError('usage', `digest ${digits} names more than one build of component "${component}"`, {
      hint: `give more digits: ${listDigests(found)}`,
    });
  }
  return first;
}

function hexOf(image: string): string {
  return parseImageRef(image)?.digest?.slice('sha256:'.length) ?? '';
}

function listDigests(builds: readonly Build[]): string {
  return [...new Set(builds.map(({ image }) => hexOf(image).slice(0, 12)))].join(', ');
}
