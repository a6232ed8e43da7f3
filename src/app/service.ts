import type { Platform } from '../model/platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Log } from '../ports/log.ts';
import type { Registry } from '../ports/registry.ts';
import type { SpecSource } from '../ports/spec-source.ts';
import { type BatchReport, commitQueue } from './commit-queue.ts';
import { headReader } from './head-reader.ts';
import type { LandOptions } from './land.ts';
import { prefetchTools } from './prefetch.ts';
import { handlePush, type PushEvent } from './push-event.ts';
import { type PushedImage, pushedImages } from './pushed-image.ts';
import { type ReconcileReport, reconcileFleet } from './reconcile.ts';
import type { ServiceDeps } from './service-deps.ts';
import { sourceIndex } from './source-index.ts';
import { workList } from './work-list.ts';

export interface ServiceOptions {
  readonly repo: ConfigRepo;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: LandOptions['identity'];
  /** Addresses of the config repo by which its webhook is known, besides those in platform.yaml. */
  readonly configAddresses: readonly string[];
  /** Between two looks at the whole fleet; milliseconds. */
  readonly reconcileEvery: number;
  readonly maxWaiting?: number | undefined;
  openRegistry(platform: Platform): Registry;
  openSpecSource(platform: Platform): SpecSource;
  onBatch(batch: BatchReport): void;
  onReconcile(report: ReconcileReport): void;
  onBackgroundFailure(job: string): void;
}

/** The deploy service without its HTTP: a queue, background work, and the loop that looks at the fleet. */
export interface Service extends ServiceDeps {
  /** Takes on what follows from a push; answers whether there was room. */
  pushed(event: PushEvent): boolean;
  /** Takes on the deploy of an image that was pushed. */
  imagePushed(image: PushedImage): boolean;
  /** Looks at the fleet now and then, until `stop`. */
  start(): void;
  /** Finishes what was accepted. */
  stop(): Promise<void>;
}

const BACKGROUND_WIDTH = 4;
const BACKGROUND_MAX = 10_000;
const TICK = 500;

export function createService(options: ServiceOptions): Service {
  const { repo, clock, log, identity } = options;
  let isStopping = false;
  let dueAt = 0;
  let loop = Promise.resolve();
  let pushes = 0;
  const deps: ServiceDeps = {
    ...parts(options),
    queue: commitQueue(repo, {
      clock,
      identity,
      fewRivals: true,
      prefetch: prefetchTools,
      onBatch: options.onBatch,
      ...(options.maxWaiting !== undefined && { maxWaiting: options.maxWaiting }),
    }),
  };
  const reconcileSoon = () => {
    dueAt = 0;
  };
  const work = async () => {
    while (!isStopping) {
      if (clock.now() < dueAt) await clock.sleep(TICK);
      else {
        // Replicas that were started together drift apart.
        dueAt = clock.now() + options.reconcileEvery * (0.8 + 0.4 * clock.random());
        await reconcileNow(deps, options, () => isStopping);
      }
    }
  };
  return {
    ...deps,
    pushed(event) {
      pushes += 1;
      return deps.background.add(`push ${pushes}`, () =>
        handlePush(event, { ...deps, configAddresses: options.configAddresses, reconcileSoon }),
      );
    },
    imagePushed: (image) =>
      deps.background.add(`image ${image.tool}/${image.component}`, async () => {
        for (const land of await pushedImages(image, deps)) await land();
      }),
    start() {
      dueAt = clock.now() + TICK * (1 + 10 * clock.random());
      loop = work();
    },
    async stop() {
      isStopping = true;
      await loop;
      await deps.background.close();
      await deps.queue.close();
      log.info('stopped', { repo: repo.name });
    },
  };
}

function parts(options: ServiceOptions): Omit<ServiceDeps, 'queue'> {
  const { repo, clock, log } = options;
  return {
    repo,
    clock,
    log,
    openRegistry: keptRegistry(options),
    openSpecSource: (platform) => options.openSpecSource(platform),
    heads: headReader(repo),
    sources: sourceIndex(clock),
    background: workList({
      width: BACKGROUND_WIDTH,
      maxWaiting: BACKGROUND_MAX,
      onError(job, error) {
        options.onBackgroundFailure(job.split(' ', 1)[0] as string);
        log.warn('background job failed', { job, error: error instanceof Error ? error : undefined });
      },
    }),
  };
}

/** One client while the settings stay: it keeps the logins that registries gave it. */
function keptRegistry(options: ServiceOptions): ServiceDeps['openRegistry'] {
  let kept: { readonly key: string; readonly registry: Registry } | undefined;
  return (platform) => {
    const key = JSON.stringify([platform.registry, platform.imageHosts]);
    if (kept?.key !== key) kept = { key, registry: options.openRegistry(platform) };
    return kept.registry;
  };
}

async function reconcileNow(
  deps: ServiceDeps,
  { onReconcile }: ServiceOptions,
  isStopping: () => boolean,
): Promise<void> {
  try {
    const report = await reconcileFleet(deps, isStopping);
    onReconcile(report);
    deps.log.info('reconciled', { ...report });
  } catch (error) {
    deps.log.warn('reconcile failed', { error: error instanceof Error ? error : undefined });
  }
}
