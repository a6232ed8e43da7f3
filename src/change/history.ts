import type { Identity } from '../model/change.ts';
import { parseTrailers } from '../model/commit-message.ts';
import { sameImage } from '../model/image-ref.ts';
import type { Build, ImagesFile } from '../model/images-file.ts';
import { parseTime } from '../model/time.ts';
import { type ComponentAction, recordedChanges } from './component-change.ts';

/** A commit of the config repo, as its log shows it. */
export interface LoggedCommit {
  readonly commit: string;
  readonly message: string;
  readonly author: Identity;
  /** RFC 3339, UTC. */
  readonly date: string;
}

export interface HistoryEntry {
  readonly component: string;
  readonly kind: ComponentAction;
  readonly image: string;
  readonly sourceCommit: string | undefined;
  /** `undefined` when only images.yaml knows of the build. */
  readonly who: string | undefined;
  /** RFC 3339, UTC: of the commit, else of the build. */
  readonly when: string | undefined;
  /** Of the config repo. */
  readonly commit: string | undefined;
  /** The newest that brought what the component runs now: one a component. */
  readonly current: boolean;
}

/**
 * Who deployed what, newest first: the bot's commits, and the builds of images.yaml that none of these tells of (history
 * cut short by a shallow clone or a limit). A tool's commits are known by their trailers, so one shared with others counts.
 */
export function history(
  tool: string,
  { images, commits }: { images: ImagesFile; commits: readonly LoggedCommit[] },
): readonly HistoryEntry[] {
  const logged = commits.flatMap((commit) => fromCommit(tool, commit, images));
  const recorded = Object.entries(images.components).flatMap(([component, entry]) =>
    [entry, ...(entry.previous ?? [])]
      .filter(
        ({ image }) => !logged.some((one) => one.component === component && sameImage(one.image, image)),
      )
      .map((build) => fromImages(component, build, build === entry)),
  );
  return oneCurrent([...logged, ...recorded].sort(byTimeDescending));
}

/** An image that ran before a rollback to it stands there twice. */
function oneCurrent(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    if (!entry.current) return entry;
    const current = !seen.has(entry.component);
    seen.add(entry.component);
    return { ...entry, current };
  });
}

function fromCommit(tool: string, commit: LoggedCommit, images: ImagesFile): HistoryEntry[] {
  return recordedChanges(parseTrailers(commit.message))
    .filter((change) => change.tool === tool)
    .map(({ component, action, image, sourceCommit, by }) => ({
      component,
      kind: action,
      image,
      sourceCommit,
      who: by ?? commit.author.name,
      when: commit.date,
      commit: commit.commit,
      current: isCurrent(images, component, image),
    }));
}

function fromImages(component: string, build: Build, current: boolean): HistoryEntry {
  return {
    component,
    kind: 'deployed',
    image: build.image,
    sourceCommit: build.source?.commit,
    who: undefined,
    when: build.built_at,
    commit: undefined,
    current,
  };
}

function isCurrent({ components }: ImagesFile, component: string, image: string): boolean {
  const entry = Object.hasOwn(components, component) ? components[component] : undefined;
  return entry !== undefined && sameImage(entry.image, image);
}

/** Entries without a time come last; equal times keep their order, in which a log is newest first. */
function byTimeDescending(a: HistoryEntry, b: HistoryEntry): number {
  const [one, other] = [timeOf(a), timeOf(b)];
  return one === other ? 0 : other - one;
}

function timeOf({ when }: HistoryEntry): number {
  return parseTime(when ?? '') ?? 0;
}
