import { shardOf } from '../model/hash.ts';
import { OUTPUT_DIR, outputOwner, workloadDir } from '../model/layout.ts';
import type { Tree } from './tree.ts';
import { readEach, readOr } from './unreadable.ts';

/** Which part of manifests-out/ a run is about. */
export interface OutputScope {
  /** Only these tools; empty: all. */
  readonly tools: readonly string[];
  /** Only the tools of this shard. */
  readonly shard?: number | undefined;
}

const NOTHING: Tree = {
  read: async (paths) => paths.map(() => undefined),
  list: async () => [],
  listAll: async () => [],
};

/** The tree that output is compared with: where there is none yet it is not looked for file by file. */
export async function outputIn(tree: Tree): Promise<Tree> {
  if ((await tree.list(OUTPUT_DIR)).length === 0) return NOTHING;
  // One look that spares thousands: it tells which are folders.
  await tree.list(`${OUTPUT_DIR}/tools`);
  return tree;
}

/** Path → text of what lies in manifests-out/ within the scope. What cannot be read as a plain file is left out. */
export async function readOutput(
  tree: Tree,
  scope: OutputScope,
  shards: number,
): Promise<ReadonlyMap<string, string>> {
  const paths = (await outputPaths(tree, scope)).filter((path) => isInScope(path, scope, shards));
  const texts = await tree.read(paths);
  const output = new Map<string, string>();
  paths.forEach((path, index) => {
    const text = texts[index];
    if (text !== undefined) output.set(path, text);
  });
  return output;
}

export interface OtherFile {
  readonly path: string;
  /** Empty for what is no plain file, such as a link. */
  readonly text: string;
}

interface Others {
  /** Of all that lies there; see `outputPaths`. */
  readonly paths: readonly string[];
  readonly scope: OutputScope;
  readonly shards: number;
  readonly isOther: (path: string) => boolean;
}

/** Of what lies in manifests-out/ what is not expected there, within the scope: seldom anything. */
export async function readOthers(
  tree: Tree,
  { paths, scope, shards, isOther }: Others,
): Promise<readonly OtherFile[]> {
  const others: OtherFile[] = [];
  for (const path of paths) {
    if (!isOther(path) || !isInScope(path, scope, shards)) continue;
    const text = await readOr(tree, path, noText);
    if (text !== undefined) others.push({ path, text });
  }
  return others;
}

/** Texts of files of ours; of one that is no readable text something that no file of ours is, so that it is replaced. */
export function readOurs(tree: Tree, paths: readonly string[]): Promise<readonly (string | undefined)[]> {
  return readEach(tree, paths, noText);
}

function noText(): string {
  return '';
}

/** For named tools only their own places are looked at, so that the cost does not grow with the fleet. */
export async function outputPaths(tree: Tree, { tools }: OutputScope): Promise<readonly string[]> {
  if (tools.length === 0) return tree.listAll(OUTPUT_DIR);
  const shards = (await tree.list(`${OUTPUT_DIR}/platform`)).filter((entry) => entry.endsWith('/'));
  const found: string[] = [];
  for (const tool of tools) {
    for (const shard of shards) found.push(`${OUTPUT_DIR}/platform/${shard}${tool}.yaml`);
    found.push(...(await tree.listAll(workloadDir(tool))));
  }
  return found;
}

/** What is nobody's (root.yaml, strays) is the business of a run over all tools, or of the first shard. */
function isInScope(path: string, { tools, shard }: OutputScope, shards: number): boolean {
  const owner = outputOwner(path);
  if (owner === undefined) return tools.length === 0 && (shard ?? 0) === 0;
  if (tools.length > 0) return tools.includes(owner.tool);
  return shard === undefined || shardOf(owner.tool, shards) === shard;
}
