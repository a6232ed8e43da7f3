import { CONFIG_DIR } from '../model/layout.ts';
import { allDone } from '../model/settled.ts';
import type { Files, Stage } from '../ports/files.ts';
import type { Threads } from '../ports/threads.ts';
import { withOutputIn } from './output-folder.ts';
import { emptyPart, type Part, type PartRequest } from './part.ts';
import { outputIn } from './read-output.ts';
import { staged } from './stage.ts';
import { synthPart } from './synth-part.ts';
import { type Tree, treeOfFiles } from './tree.ts';

/** Where a fleet lies on disk, for threads of their own to read. */
export interface FleetFolder {
  /** Absolute. */
  readonly root: string;
  /** Where manifests-out/ is, if not below the root; absolute. */
  readonly output?: string | undefined;
}

/** What is sent to a thread: the tools of the whole fleet. */
export interface ThreadRequest extends PartRequest {
  readonly folder: FleetFolder;
  readonly taken: Taken;
  /** By its id. */
  readonly stage: string | undefined;
}

/** How many of the tools have been taken on, by whichever thread; memory of one number, which threads share. */
type Taken = Int32Array;

/** Some tools in a row, and what came of them. */
interface Batch {
  /** Where its first tool stands in the list of all. */
  readonly from: number;
  readonly part: Part;
}

export interface Parallel {
  readonly threads: Threads;
  readonly folder: FleetFolder;
}

export interface PartsOptions {
  /** What rendered files are compared with. */
  readonly before: Tree;
  /** Given, a large fleet is shared among threads; the result is the same. */
  readonly parallel?: Parallel | undefined;
  /** Given, files that differ are staged as they come, each by the thread that rendered it. */
  readonly stage?: Stage | undefined;
  readonly onTool?: ((done: number) => void) | undefined;
}

/** Below so many tools a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 250;
/** Tools that a thread takes on at once: few, so that all threads end together. */
const BATCH = 25;

/** Checks and renders tools, on several cores where that pays; by name, however many threads there were. */
export async function synthParts(tree: Tree, request: PartRequest, options: PartsOptions): Promise<Part> {
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const away = startThreads({ ...request, taken, stage: options.stage?.id }, options.parallel);
  const batches = await allDone([synthBatches({ ...options, tree, taken }, request), ...away]);
  return merge(batches.flat());
}

function startThreads(
  request: Omit<ThreadRequest, 'folder'>,
  parallel: Parallel | undefined,
): readonly Promise<readonly Batch[]>[] {
  if (parallel === undefined) return [];
  const { threads, folder } = parallel;
  const width = Math.min(threads.width, Math.floor(request.names.length / WORTH_A_THREAD));
  return Array.from(
    { length: Math.max(0, width - 1) },
    () => threads.run({ ...request, folder } satisfies ThreadRequest) as Promise<readonly Batch[]>,
  );
}

interface Batches extends Omit<PartsOptions, 'parallel'> {
  readonly tree: Tree;
  readonly taken: Taken;
}

/** Takes on one batch after another until no tool is left. */
async function synthBatches(
  { tree, before, taken, stage, onTool }: Batches,
  request: PartRequest,
): Promise<readonly Batch[]> {
  const { names } = request;
  const batches: Batch[] = [];
  for (;;) {
    const from = Atomics.add(taken, 0, BATCH);
    if (from >= names.length) return batches;
    const some = names.slice(from, from + BATCH);
    const part = await synthPart(tree, before, { ...request, names: some });
    batches.push({ from, part: await staged(part, stage) });
    onTool?.(from + some.length);
  }
}

/** The work of a thread. */
export async function answerThread(
  { folder, taken, stage, ...request }: ThreadRequest,
  openFiles: (root: string) => Files,
): Promise<readonly Batch[]> {
  const files = openFleet(folder, openFiles);
  const tree = treeOfFiles(files);
  const before = await outputIn(tree);
  // One look that spares thousands: it tells which tools are folders.
  await tree.list(CONFIG_DIR);
  const joined = stage === undefined ? undefined : files.stage(stage);
  return synthBatches({ tree, before, taken, stage: joined }, request);
}

export function openFleet({ root, output }: FleetFolder, openFiles: (root: string) => Files): Files {
  const files = openFiles(root);
  return output === undefined ? files : withOutputIn(files, openFiles(output));
}

/** In the order of the tools, whichever thread had which. */
function merge(batches: readonly Batch[]): Part {
  const parts = [...batches].sort((a, b) => a.from - b.from).map(({ part }) => part);
  const keys = Object.keys(emptyPart()) as (keyof Part)[];
  const lists = keys.map((key) => [key, parts.flatMap((part): readonly unknown[] => part[key])]);
  return Object.fromEntries(lists) as Part;
}
