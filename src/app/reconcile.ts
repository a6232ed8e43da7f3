import { inParallel } from '../model/in-parallel.ts';
import { CONFIG_DIR, OUTPUT_DIR } from '../model/layout.ts';
import { isToolName } from '../model/names.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { overlaySnapshot } from './overlay-snapshot.ts';
import { patientRegistry } from './patient-registry.ts';
import { isUnresolved, prebuiltImage } from './prebuilt-image.ts';
import { prefetchTools } from './prefetch.ts';
import { pulledSpec } from './pulled-spec.ts';
import { isBuilt, newBuilds } from './pushed-image.ts';
import { reconcileRootEdit, reconcileToolEdit } from './reconcile-edits.ts';
import { type Landing, landingOf, type ServiceDeps, submitIfNeeded } from './service-deps.ts';
import { readTool } from './tool-edit.ts';

export interface ReconcileReport {
  /** Whether every tool was looked at. */
  readonly complete: boolean;
  readonly tools: number;
  /** How many changes were needed. */
  readonly found: number;
  readonly failed: number;
  readonly milliseconds: number;
}

/** Tools read at once: what bounds the memory. */
const CHUNK = 100;
/** Lookups and changes under way at once. */
const WIDTH = 8;
/**
 * Milliseconds between finding and landing: an image may just have been pushed by a build that is about to deploy it, and
 * that knows more of it than the registry does.
 */
const GRACE = 10_000;
const TICK = 500;

/** Asks another server what a tool has missed. */
interface Lookup {
  readonly tool: string;
  look(): Promise<readonly (Landing | undefined)[]>;
}

/** A change that was found necessary. */
interface Found {
  readonly tool: string;
  readonly land: Landing;
}

interface Work {
  readonly tally: Tally;
  readonly deps: ServiceDeps;
  isStopping(): boolean;
}

interface Tally {
  tools: number;
  found: number;
  failed: number;
}

/**
 * Looks at the whole fleet for what lost webhooks and the passing of time left undone: output that is not what the specs
 * say, holds that ended, specs that changed where they are kept, builds that nobody told of, prebuilt images whose digest
 * is not known yet.
 */
export async function reconcileFleet(
  service: ServiceDeps,
  isStopping: () => boolean = () => false,
): Promise<ReconcileReport> {
  const deps = { ...service, openRegistry: patientRegistry((platform) => service.openRegistry(platform)) };
  const started = deps.clock.now();
  const tally: Tally = { tools: 0, found: 0, failed: 0 };
  const head = await deps.repo.head();
  await attempt('root.yaml', tally, deps, () => submitIfNeeded('', reconcileRootEdit(), deps));
  const names = await fleetNames(head);
  for (let start = 0; start < names.length && !isStopping(); start += CHUNK) {
    await reconcileChunk(head, names.slice(start, start + CHUNK), { tally, deps, isStopping });
  }
  const complete = tally.tools === names.length;
  return { complete, ...tally, milliseconds: deps.clock.now() - started };
}

/** Every tool that has files or output. */
async function fleetNames(head: Snapshot): Promise<readonly string[]> {
  const folders = [...(await head.list(CONFIG_DIR)), ...(await head.list(`${OUTPUT_DIR}/tools`))]
    .filter((entry) => entry.endsWith('/'))
    .map((entry) => entry.slice(0, -1));
  const shards = (await head.list(`${OUTPUT_DIR}/platform`)).filter((entry) => entry.endsWith('/'));
  for (const shard of shards) {
    const files = await head.list(`${OUTPUT_DIR}/platform/${shard.slice(0, -1)}`);
    folders.push(...files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -5)));
  }
  return [...new Set(folders)].filter(isToolName).sort();
}

/**
 * One tool's drift after the other, since that is all arithmetic; what asks other servers goes side by side. What is found
 * is handed in all at once, so that it shares commits: many small ones would keep coming before others' large ones.
 */
async function reconcileChunk(base: Snapshot, names: readonly string[], work: Work): Promise<void> {
  const { tally } = work;
  const head = overlaySnapshot(base);
  // What is found is looked at once more on the newest head, before it lands.
  const deps = { ...work.deps, heads: { at: async () => head } };
  await prefetchTools(head, names);
  const lookups: Lookup[] = [];
  const drifts: Found[] = [];
  for (const name of names) {
    tally.tools += 1;
    await attempt(name, tally, deps, async () => {
      const land = await landingOf(name, reconcileToolEdit(name, deps.clock), deps);
      if (land !== undefined) drifts.push({ tool: name, land });
      lookups.push(...(await lookupsFor(head, name, deps)));
      return false;
    });
    // Rendering a fleet takes seconds: requests get their turn in between.
    await deps.clock.sleep(0);
  }
  const landed = landAll(drifts, work);
  const found = await lookAll(lookups, work);
  if (found.length > 0 && (await waited(work))) await landAll(found, work);
  await landed;
}

/** Answers whether the service goes on. */
async function waited({ deps, isStopping }: Work): Promise<boolean> {
  const end = deps.clock.now() + GRACE;
  while (deps.clock.now() < end && !isStopping()) await deps.clock.sleep(TICK);
  return !isStopping();
}

async function lookAll(lookups: readonly Lookup[], { tally, deps }: Work): Promise<readonly Found[]> {
  const found: Found[] = [];
  await inParallel(lookups, WIDTH, ({ tool, look }) =>
    attempt(tool, tally, deps, async () => {
      for (const land of await look()) if (land !== undefined) found.push({ tool, land });
      return false;
    }),
  );
  return found;
}

async function landAll(found: readonly Found[], { tally, deps }: Work): Promise<void> {
  await Promise.all(found.map(({ tool, land }) => attempt(tool, tally, deps, land)));
}

async function lookupsFor(head: Snapshot, name: string, deps: ServiceDeps): Promise<readonly Lookup[]> {
  if ((await head.list(`${CONFIG_DIR}/${name}`)).length === 0) return [];
  const at = await readTool(head, name);
  const { tool } = at;
  if (tool.retired) return [];
  const looks = tool.components.flatMap((component): Lookup['look'][] => {
    if (isUnresolved(component)) return [async () => [await prebuiltImage(at, component, deps)]];
    return isBuilt(component) ? [() => newBuilds(at, component.name, deps)] : [];
  });
  if (tool.sourceUrl !== undefined) looks.push(async () => [await pulledSpec(name, deps)]);
  return looks.map((look) => ({ tool: name, look }));
}

/** One tool's trouble is not the others'. */
async function attempt(
  tool: string,
  tally: Tally,
  { log }: ServiceDeps,
  act: () => Promise<boolean>,
): Promise<void> {
  try {
    if (await act()) tally.found += 1;
  } catch (error) {
    tally.failed += 1;
    log.warn('reconcile of a tool failed', { tool, error: error instanceof Error ? error : undefined });
  }
}
