import { GitopsError } from '../errors.ts';
import type { FileText } from '../model/change.ts';
import { shardOf } from '../model/hash.ts';
import { outputOwner } from '../model/layout.ts';
import type { RenderedFile } from '../model/manifest.ts';
import { allDone } from '../model/settled.ts';
import type { Files, Stage } from '../ports/files.ts';
import { isError } from '../spec/diagnostic.ts';
import type { Report } from '../spec/report.ts';
import { isGenerated } from '../synth/generated.ts';
import { checkAcross, toolOfDiagnostic } from './check-tool-files.ts';
import { type LoadedPlatform, loadPlatform } from './load-platform.ts';
import type { Part } from './part.ts';
import { type OutputScope, outputIn, outputPaths, readOthers } from './read-output.ts';
import type { Awaiting } from './render-checked.ts';
import { staged, withStage } from './stage.ts';
import { type CachePlace, type KeptCache, keepLesson, keptCache, type Lesson, ROOT } from './synth-cache.ts';
import { type Parallel, synthParts } from './synth-parts.ts';
import { renderedRoot } from './synth-root.ts';
import { linkedTools } from './tool-names.ts';
import { type Tree, treeOfFiles } from './tree.ts';
import { namesIn, platformText } from './validate.ts';

export interface SynthOptions extends OutputScope {
  /** Render what can be rendered; tools in error keep their files. */
  readonly keepGoing: boolean;
  /** What the output is compared with, where that is not the tree itself. */
  readonly before?: Tree | undefined;
  /** Whether the rendered files themselves are wanted, not just what differs. */
  readonly keepFiles?: boolean | undefined;
  readonly parallel?: Parallel | undefined;
  /** Where files that differ go at once, so that their texts need not be kept. */
  readonly stage?: Stage | undefined;
  /** Where a run over many tools finds what the last one learned. */
  readonly cache?: CachePlace | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** What rendering means for the files that are there; paths, but for `fresh`. */
export interface SynthPlan {
  readonly writes: readonly string[];
  /** The texts of `writes`; none where they were staged. */
  readonly fresh: readonly FileText[];
  readonly deletes: readonly string[];
  readonly unchanged: number;
  /** Files that nothing of ours made: left alone, and told. */
  readonly foreign: readonly string[];
}

export interface Synthesis extends Report {
  /** `undefined` when errors keep the output as it is. */
  readonly plan: SynthPlan | undefined;
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** The tools in error: their files stay as they are. */
  readonly failed: ReadonlySet<string>;
  /** Paths of all files that the output consists of, but for those of tools in error. */
  readonly rendered: readonly string[];
  /** Those files themselves, where they were asked for. */
  readonly files: readonly RenderedFile[];
  /** What to keep for the next run, once the files are in place; `undefined` where nothing is kept. */
  readonly lesson: Lesson | undefined;
}

/** Renders a config repo's tools and plans what to write; writes nothing, but to a stage where it is given one. */
export async function planSynth(tree: Tree, options: SynthOptions): Promise<Synthesis> {
  const { before = await outputIn(tree), keepFiles = false, parallel, stage, onProgress } = options;
  const loaded = await loadPlatform(tree);
  const names = inShard(await namesIn(tree, options.tools), options, loaded);
  const { platform } = loaded;
  const cache = cacheFor(names, options, loaded);
  const rendering = synthParts(
    tree,
    { names, platform, keepFiles, cache },
    { before, parallel, stage, onTool: (done) => onProgress?.(done, names.length) },
  );
  // While other threads start; they take on the more tools for it.
  const [part, there] = await allDone([rendering, outputPaths(before, options)]);
  const linked = options.tools.length > 0 ? [] : await linkedTools(tree);
  const across = await checkAcross(tree, part.valid, { platform });
  const clashing = across.diagnostics.filter(isError).map(toolOfDiagnostic);
  const failed = new Set([...part.failed, ...clashing, ...linked.map(({ name }) => name)]);
  const kept = await withoutFailed(part, failed, stage);
  const root = await staged(await renderedRoot(loaded, options, { before, cache }), stage);
  const isBlocked = platform === undefined || (failed.size > 0 && !options.keepGoing);
  const rendered = [...root.rendered, ...kept.rendered];
  const writes = [...root.writes, ...kept.writes];
  const fresh = [...root.fresh, ...kept.fresh];
  return {
    tools: names.length + linked.length,
    diagnostics: [
      ...loaded.diagnostics,
      ...part.diagnostics,
      ...across.diagnostics,
      ...linked.map(({ diagnostic }) => diagnostic),
    ],
    sources: new Map([...platformText(loaded), ...part.texts, ...across.texts]),
    plan: isBlocked
      ? undefined
      : await planOf(before, { there, rendered, writes, fresh, failed, options, platform }),
    awaitingFirstBuild: kept.awaitingFirstBuild,
    failed,
    rendered,
    files: [...root.files, ...kept.files],
    lesson: cache && {
      kept: cache,
      learned: [...root.learned, ...kept.learned],
      isGone: goneIn(names, options),
    },
  };
}

/** Plans and writes: everything is staged before the first file is moved into place. */
export function synth(files: Files, options: SynthOptions): Promise<Synthesis> {
  return withStage(files, async (stage) => {
    const synthesis = await planSynth(treeOfFiles(files), { ...options, stage });
    const { writes = [], deletes = [] } = synthesis.plan ?? {};
    if (writes.length + deletes.length > 0) await stage.commit({ writes, deletes });
    if (synthesis.plan && synthesis.lesson && options.cache) keepLesson(options.cache, synthesis.lesson);
    return synthesis;
  });
}

function inShard(
  names: readonly string[],
  { shard }: SynthOptions,
  { platform }: LoadedPlatform,
): readonly string[] {
  if (shard === undefined) return names;
  const shards = platform?.shards ?? 1;
  if (shard >= shards) {
    throw new GitopsError('usage', `there is no shard ${shard}`, {
      hint: `platform.yaml says shards: ${shards}; they are counted from 0`,
    });
  }
  return names.filter((name) => shardOf(name, shards) === shard);
}

/** For fewer tools rendering takes hardly longer than a look at a cache. */
const WORTH_A_CACHE = 250;

function cacheFor(
  names: readonly string[],
  { cache, keepFiles = false }: SynthOptions,
  { platform, text }: LoadedPlatform,
): KeptCache | undefined {
  if (cache === undefined || keepFiles || platform === undefined || names.length < WORTH_A_CACHE)
    return undefined;
  return keptCache(cache, text);
}

/** Only a run over all tools can tell which are gone. */
function goneIn(names: readonly string[], { tools, shard }: SynthOptions): (name: string) => boolean {
  if (tools.length > 0 || shard !== undefined) return () => false;
  const all = new Set([ROOT, ...names]);
  return (name) => !all.has(name);
}

/** Those that clash with one another were rendered before that was known. */
async function withoutFailed(
  part: Part,
  failed: ReadonlySet<string>,
  stage: Stage | undefined,
): Promise<Part> {
  if (failed.size === 0) return part;
  const isKept = (path: string) => !failed.has(outputOwner(path)?.tool ?? '');
  await stage?.drop(part.writes.filter((path) => !isKept(path)));
  return {
    ...part,
    awaitingFirstBuild: part.awaitingFirstBuild.filter(({ tool }) => !failed.has(tool)),
    rendered: part.rendered.filter(isKept),
    writes: part.writes.filter(isKept),
    fresh: part.fresh.filter(({ path }) => isKept(path)),
    files: part.files.filter(({ path }) => isKept(path)),
    learned: part.learned.filter(([name]) => !failed.has(name)),
  };
}

interface ToPlan extends Pick<Part, 'rendered' | 'writes' | 'fresh'>, LoadedOptions {
  readonly there: readonly string[];
  readonly failed: ReadonlySet<string>;
}
interface LoadedOptions extends Pick<LoadedPlatform, 'platform'> {
  readonly options: OutputScope;
}

/** Besides what was rendered: what lies there and was not, of tools that could be rendered. */
async function planOf(
  before: Tree,
  { there, rendered, writes, fresh, failed, options, platform }: ToPlan,
): Promise<SynthPlan> {
  const known = new Set(rendered);
  const isOther = (path: string) => !known.has(path) && !failed.has(outputOwner(path)?.tool ?? '');
  const shards = platform?.shards ?? 1;
  const others = await readOthers(before, { paths: there, scope: options, shards, isOther });
  return {
    writes,
    fresh,
    deletes: others.filter(({ text }) => isGenerated(text)).map(({ path }) => path),
    unchanged: rendered.length - writes.length,
    foreign: others.filter(({ text }) => !isGenerated(text)).map(({ path }) => path),
  };
}
