import type { Files } from '../ports/files.ts';
import type { Threads } from '../ports/threads.ts';
import { withOutputIn } from './output-folder.ts';
import { emptyPart, type Part, type PartRequest, synthPart } from './synth-part.ts';
import { type Tree, treeOfFiles } from './tree.ts';

/** Where a fleet lies on disk, for threads of their own to read. */
export interface FleetFolder {
  /** Absolute. */
  readonly root: string;
  /** Where manifests-out/ is, if not below the root; absolute. */
  readonly output?: string | undefined;
}

/** What is sent to a thread. */
export interface ThreadRequest extends PartRequest {
  readonly folder: FleetFolder;
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
  readonly onTool?: ((done: number) => void) | undefined;
}

/** Below so many tools a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 250;

/** Checks and renders tools, on several cores where that pays; by name, however many threads there were. */
export async function synthParts(tree: Tree, request: PartRequest, options: PartsOptions): Promise<Part> {
  const { before, parallel, onTool } = options;
  const { names } = request;
  const width = Math.min(parallel?.threads.width ?? 1, Math.floor(names.length / WORTH_A_THREAD));
  if (parallel === undefined || width < 2) return synthPart(tree, before, request, onTool);
  const { threads, folder } = parallel;
  const [own = [], ...others] = cut(names, width);
  const away = others.map(
    (some) => threads.run({ ...request, names: some, folder } satisfies ThreadRequest) as Promise<Part>,
  );
  // Settled together, so that no thread's failure is left unheard while another part still runs.
  const [here, ...there] = await Promise.allSettled([
    synthPart(tree, before, { ...request, names: own }, (done) => onTool?.(done * width)),
    ...away,
  ]);
  return merge([here, ...there].map(settledValue));
}

/** The work of a thread. */
export function answerThread(
  { folder, ...request }: ThreadRequest,
  openFiles: (root: string) => Files,
): Promise<Part> {
  const tree = treeOfFiles(openFleet(folder, openFiles));
  return synthPart(tree, tree, request);
}

export function openFleet({ root, output }: FleetFolder, openFiles: (root: string) => Files): Files {
  const files = openFiles(root);
  return output === undefined ? files : withOutputIn(files, openFiles(output));
}

function cut(names: readonly string[], width: number): readonly (readonly string[])[] {
  const size = Math.ceil(names.length / width);
  return Array.from({ length: width }, (_, index) => names.slice(index * size, (index + 1) * size));
}

function merge(parts: readonly Part[]): Part {
  const whole = emptyPart();
  for (const part of parts) {
    for (const key of Object.keys(whole) as (keyof Part)[]) {
      for (const each of part[key]) (whole[key] as unknown[]).push(each);
    }
  }
  return whole;
}

function settledValue<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
