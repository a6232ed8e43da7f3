import { hash } from 'node:crypto';
import type { FileText } from '../model/change.ts';
import { oncePer } from '../model/once-per.ts';
import type { Cache } from '../ports/cache.ts';
import type { ToolSources } from '../spec/source-file.ts';
import type { LoadedTool } from './load-tool.ts';
import { readOurs } from './read-output.ts';
import type { Tree } from './tree.ts';

/**
 * What was rendered before, told by hashes, so that a run over a large fleet renders only what changed. A tool is passed
 * over when the files it is rendered from hash to what they did, and the rendered ones still do: every file is read, and
 * nothing is believed of one that was not.
 */
export type SynthCache = ReadonlyMap<string, RenderedBefore>;

/** A tool about which there was nothing to say; under the empty name root.yaml. */
export interface RenderedBefore {
  /** Of the texts that it was rendered from. */
  readonly inputs: string;
  /** Of the texts of `paths`, in that order. */
  readonly outputs: string;
  readonly paths: readonly string[];
  readonly uid: number;
  /** Components that have no image yet. */
  readonly awaiting: readonly string[];
}

export type Learned = readonly [name: string, rendered: RenderedBefore];

/** Where a run's cache is kept, and which build of the program runs, on which version of Node. */
export interface CachePlace {
  readonly cache: Cache;
  readonly name: string;
  build(): string;
}

/** The cache as kept, for threads to read each for itself. */
export interface KeptCache {
  readonly text: string | undefined;
  /** What it begins with if it is of this program and platform. */
  readonly head: string;
}

/** Everything besides a tool's own files that decides what it is rendered to. */
export function keptCache({ cache, name, build }: CachePlace, platformText: string | undefined): KeptCache {
  return {
    text: cache.read(name),
    head: `${hashOf([build(), platformText])}\n`,
  };
}

export function readCache(kept: KeptCache | undefined): SynthCache {
  return kept === undefined ? NOTHING_KNOWN : parsed(kept);
}

const NOTHING_KNOWN: SynthCache = new Map();

/** Nothing of a text that is no cache, one of another program or platform, or not as it was written. */
const parsed = oncePer(({ text, head }: KeptCache): SynthCache => {
  if (!text?.startsWith(head)) return NOTHING_KNOWN;
  const end = text.indexOf('\n', head.length);
  const body = text.slice(end + 1);
  if (text.slice(head.length, end) !== hashOf([body])) return NOTHING_KNOWN;
  return new Map(JSON.parse(body) as readonly Learned[]);
});

/** What a run adds to a cache, and what it takes out. */
export interface Lesson {
  readonly kept: KeptCache;
  readonly learned: readonly Learned[];
  isGone(name: string): boolean;
}

export function keepLesson(place: CachePlace, { kept, learned, isGone }: Lesson): void {
  const known = readCache(kept);
  const still = [...known].filter(([name]) => !isGone(name));
  if (learned.length === 0 && still.length === known.size) return;
  const body = JSON.stringify([...new Map([...still, ...learned])]);
  place.cache.write(place.name, `${kept.head}${hashOf([body])}\n${body}`);
}

/** What was rendered of a tool before, if it would be the same now and still lies there. */
export async function stillRendered(
  cache: SynthCache,
  { name, sources, diagnostics }: LoadedTool,
  before: Tree,
): Promise<RenderedBefore | undefined> {
  const known = cache.get(name);
  if (known === undefined || sources === undefined || diagnostics.length > 0) return undefined;
  if (known.inputs !== inputHash(sources)) return undefined;
  return (await liesThere(known, before)) ? known : undefined;
}

/** The name of root.yaml among the tools, which none of them can have. */
export const ROOT = '';

export async function liesThere({ paths, outputs }: RenderedBefore, before: Tree): Promise<boolean> {
  const texts = await readOurs(before, paths);
  return !texts.includes(undefined) && hashOf(texts) === outputs;
}

export function remembered(
  files: readonly FileText[],
  rest: Pick<RenderedBefore, 'inputs' | 'uid' | 'awaiting'>,
): RenderedBefore {
  return { ...rest, outputs: hashOf(files.map(({ text }) => text)), paths: files.map(({ path }) => path) };
}

export function inputHash({ spec, fetched, tenant, images }: ToolSources): string {
  return hashOf([spec.text, fetched?.text, tenant?.text, images?.text]);
}

/** Of texts in a row; their lengths keep them apart. */
export function hashOf(texts: readonly (string | undefined)[]): string {
  let all = '';
  for (const text of texts) all += text === undefined ? '-' : `${text.length}:${text}`;
  return hash('sha256', all, 'base64');
}
