import type { BatchReport } from '../../src/app/commit-queue.ts';
import { createService, type Service } from '../../src/app/service.ts';
import { type App, createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConfigRepo } from '../../src/ports/config-repo.ts';
import type { Log, LogFields } from '../../src/ports/log.ts';
import type { SpecSource } from '../../src/ports/spec-source.ts';
import { fakeClock } from './fake-clock.ts';
import { type FakeRegistry, fakeRegistry } from './fake-registry.ts';
import { tokenOf } from './fleet-files.ts';

export const GITEA_SECRET = 'gitea-secret-of-the-tests';
export const HARBOR_SECRET = 'Bearer harbor-secret-of-the-tests';
export const IDENTITY = { name: 'deploy bot', email: 'bot@example.org' };

export interface ServiceRig {
  readonly app: App;
  readonly service: Service;
  readonly registry: FakeRegistry;
  readonly batches: readonly BatchReport[];
  readonly logged: readonly { readonly event: string; readonly fields: LogFields }[];
  /** What `source_url`s answer with, by address. */
  readonly specs: Map<string, string>;
  /** A POST of JSON with the tool's own token. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  metrics(): Promise<string>;
  /** Resolves when no background work is left. */
  settled(): Promise<void>;
}

export interface RigOptions {
  readonly clock?: Clock;
  readonly maxWaiting?: number;
  readonly specSource?: SpecSource;
  readonly registry?: FakeRegistry;
}

/** The service over a config repo, without a socket. */
export function serviceRig(repo: ConfigRepo, options: RigOptions = {}): ServiceRig {
  const { clock = fakeClock(), registry = fakeRegistry(), maxWaiting } = options;
  const specs = new Map<string, string>();
  const batches: BatchReport[] = [];
  const { log, logged } = recordingLog();
  const metrics = createMetrics({
    queueDepth: () => service.queue.depth,
    backgroundJobs: () => service.background.size,
    openRequests: () => app.open,
    now: () => clock.now(),
  });
  const service = createService({
    repo,
    clock,
    log,
    identity: IDENTITY,
    configAddresses: [],
    reconcileEvery: 60_000,
    ...(maxWaiting !== undefined && { maxWaiting }),
    openRegistry: () => registry,
    openSpecSource: () => options.specSource ?? { fetch: async (url) => specs.get(url) ?? '' },
    onBatch(batch) {
      batches.push(batch);
      metrics.onBatch(batch);
    },
    onReconcile: metrics.onReconcile,
    onBackgroundFailure: metrics.onBackgroundFailure,
  });
  const secrets = { gitea: [GITEA_SECRET], harbor: [HARBOR_SECRET] };
  const app = createApp({ service, clock, log, metrics, secrets, version: '0.0.0' });
  const send = (method: string, path: string, init: RequestInit) =>
    app.fetch(new Request(`http://service.test${path}`, { method, ...init }));
  return {
    app,
    service,
    registry,
    batches,
    logged,
    specs,
    post: (path, body, headers = {}) =>
      send('POST', path, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...authorizationFor(path), ...headers },
      }),
    get: (path, headers = {}) => send('GET', path, { headers: { ...authorizationFor(path), ...headers } }),
    metrics: () => metrics.text(),
    async settled() {
      while (service.background.size > 0) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export async function bodyOf(response: Response | undefined): Promise<Readonly<Record<string, unknown>>> {
  return (await response?.json()) as Readonly<Record<string, unknown>>;
}

function authorizationFor(path: string): Record<string, string> {
  const [, tool] = /^\/v1\/tools\/([^/]+)\//.exec(path) ?? [];
  return tool === undefined ? {} : { authorization: `Bearer ${tokenOf(tool).token}` };
}

function recordingLog(): { log: Log; logged: { event: string; fields: LogFields }[] } {
  const logged: { event: string; fields: LogFields }[] = [];
  const logWith = (base: LogFields): Log => {
    const add = (event: string, fields: LogFields = {}) => {
      logged.push({ event, fields: { ...base, ...fields } });
    };
    return { info: add, warn: add, error: add, with: (fields) => logWith({ ...base, ...fields }) };
  };
  return { log: logWith({}), logged };
}
