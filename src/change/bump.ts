import { isInForce } from '../model/hold.ts';
import { sameImage } from '../model/image-ref.ts';
import type { Build, ImageEntry, ImagesFile } from '../model/images-file.ts';
import { completed, isOlder, moved } from './build.ts';
import { entryOf, withEntry } from './entries.ts';
import { plainBuild } from './plain-build.ts';

export type BumpOutcome = 'deployed' | 'unchanged' | 'held' | 'stale';

export interface ComponentOutcome {
  readonly outcome: BumpOutcome;
  /** What the component runs after the bump. */
  readonly image: string;
}

export interface BumpResult {
  /** The very file that was given when there is nothing to write, whatever the outcomes. */
  readonly file: ImagesFile;
  readonly outcomes: Readonly<Record<string, ComponentOutcome>>;
  /** Of all: deployed if any was, else held if any is, else stale if any was, else unchanged. */
  readonly outcome: BumpOutcome;
}

interface Step {
  readonly entry: ImageEntry;
  readonly outcome: BumpOutcome;
}

/**
 * Records builds. A build older than the one that runs, or than the one that waits behind a hold, changes nothing. A hold
 * that has ended is lifted first, and what waited behind it is deployed, so that the newest build runs whatever arrives.
 */
export function bump(file: ImagesFile, builds: Readonly<Record<string, Build>>, now: number): BumpResult {
  let result = file;
  const outcomes: [string, ComponentOutcome][] = [];
  for (const [component, build] of Object.entries(builds)) {
    const before = entryOf(result, component);
    const { entry, outcome } = bumpEntry(before, build, now);
    if (entry !== before) result = withEntry(result, component, entry);
    outcomes.push([component, { outcome, image: entry.image }]);
  }
  return {
    file: result,
    outcomes: Object.fromEntries(outcomes),
    outcome: overall(outcomes.map(([, one]) => one)),
  };
}

/** Lifts every hold that has ended: what waited is deployed. The very file that was given when there is none. */
export function liftEndedHolds(
  file: ImagesFile,
  now: number,
): { file: ImagesFile; components: readonly string[] } {
  let result = file;
  const components: string[] = [];
  for (const [component, entry] of Object.entries(file.components)) {
    const lifted = liftEndedHold(entry, now);
    if (lifted === entry) continue;
    result = withEntry(result, component, lifted);
    components.push(component);
  }
  return { file: result, components: components.sort() };
}

function bumpEntry(before: ImageEntry | undefined, build: Build, now: number): Step {
  if (before === undefined) return { entry: moved(undefined, build), outcome: 'deployed' };
  const entry = liftEndedHold(before, now);
  if (sameImage(build.image, entry.image)) {
    const hasMoved = entry.image !== before.image;
    return { entry: completed(entry, build), outcome: hasMoved ? 'deployed' : 'unchanged' };
  }
  if (entry.hold !== undefined) return bumpHeld(entry, build, now);
  if (isOlder(build, entry, now)) return { entry, outcome: 'stale' };
  return { entry: moved(entry, build), outcome: 'deployed' };
}

function bumpHeld(entry: ImageEntry, build: Build, now: number): Step {
  const { waiting } = entry;
  if (waiting !== undefined && sameImage(build.image, waiting.image)) {
    const known = completed(waiting, build);
    return { entry: known === waiting ? entry : { ...entry, waiting: known }, outcome: 'held' };
  }
  if (isOlder(build, waiting ?? entry, now)) return { entry, outcome: 'stale' };
  return { entry: { ...entry, waiting: plainBuild(build) }, outcome: 'held' };
}

function liftEndedHold(entry: ImageEntry, now: number): ImageEntry {
  const { hold, waiting, ...rest } = entry;
  if (hold === undefined || isInForce(hold, now)) return entry;
  return waiting === undefined ? rest : moved(entry, waiting);
}

function overall(outcomes: readonly ComponentOutcome[]): BumpOutcome {
  const order = ['deployed', 'held', 'stale'] as const;
  return order.find((outcome) => outcomes.some((one) => one.outcome === outcome)) ?? 'unchanged';
}
