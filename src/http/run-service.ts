import type { LandOptions } from '../app/land.ts';
import { createService, type ServiceOptions } from '../app/service.ts';
import type { ConfigRepo } from '../ports/config-repo.ts';
import type { Log } from '../ports/log.ts';
import { createApp } from './app.ts';
import { createMetrics } from './metrics.ts';
import { type ServerOptions, startServer } from './server.ts';
import type { ServiceConfig } from './service-config.ts';

export interface RunOptions extends Pick<ServiceOptions, 'openRegistry' | 'openSpecSource' | 'clock'> {
  readonly repo: ConfigRepo;
  readonly config: ServiceConfig;
  readonly identity: LandOptions['identity'];
  readonly log: Log;
  readonly server: ServerOptions;
  readonly version: string;
  readonly configAddresses: readonly string[];
}

export interface RunningService {
  readonly port: number;
  /** Accepts nothing more and finishes what was accepted. */
  stop(): Promise<void>;
}

const MINUTE = 60_000;

/** The whole service: its use cases, its HTTP, its metrics. */
export async function runService(options: RunOptions): Promise<RunningService> {
  const { repo, config, clock, log, version } = options;
  const metrics = createMetrics({
    queueDepth: () => service.queue.depth,
    backgroundJobs: () => service.background.size,
    openRequests: () => app.open,
    now: () => clock.now(),
  });
  const service = createService({
    ...options,
    reconcileEvery: config.platform.service.reconcileMinutes * MINUTE,
    onBatch(batch) {
      metrics.onBatch(batch);
      log.info('batch', { ...batch });
    },
    onReconcile: metrics.onReconcile,
    onBackgroundFailure: metrics.onBackgroundFailure,
  });
  const app = createApp({ service, clock, log, metrics, secrets: config.secrets, version });
  const server = await startServer(app, options.server);
  service.start();
  const { gitea, harbor } = config.secrets;
  const webhooks = { giteaWebhook: gitea.length > 0, harborWebhook: harbor.length > 0 };
  log.info('started', { port: server.port, repo: repo.name, version, ...webhooks });
  return {
    port: server.port,
    async stop() {
      log.info('stopping', { waiting: service.queue.depth });
      await server.close();
      await service.stop();
    },
  };
}
