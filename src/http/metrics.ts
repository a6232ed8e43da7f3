import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BatchReport } from '../app/commit-queue.ts';
import type { ReconcileReport } from '../app/reconcile.ts';

/** What the service counts. */
export interface Metrics {
  onBatch(batch: BatchReport): void;
  onReconcile(report: ReconcileReport): void;
  onRequest(request: RequestReport): void;
  onOutcome(action: string, outcome: string): void;
  onTokenUsed(tool: string, token: string): void;
  onWebhook(source: string, outcome: string): void;
  onBackgroundFailure(job: string): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface RequestReport {
  readonly method: string;
  /** As in the OpenAPI document: never an address as it was sent. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What is read when the metrics are. */
export interface Gauges {
  queueDepth(): number;
  backgroundJobs(): number;
  openRequests(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

const COMMIT_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];
const REQUEST_BUCKETS = [0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60];

export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  readGauges(registry, gauges);
  const counters = createCounters(registry);
  let reconciled = gauges.now();
  gauge(registry, 'tfg_reconcile_age_seconds', 'Seconds since the last whole reconcile, or the start', () =>
    Math.max(0, (gauges.now() - reconciled) / 1000),
  );
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    onBatch({ edits, failed, commits, attempts, milliseconds }) {
      counters.commits.inc(commits);
      counters.retries.inc(Math.max(0, attempts - 1));
      counters.edits.inc({ outcome: 'failed' }, failed);
      counters.edits.inc({ outcome: 'landed' }, edits - failed);
      counters.commitSeconds.observe(milliseconds / 1000);
      counters.batchEdits.observe(edits);
    },
    onReconcile({ complete, found, failed }) {
      if (complete) reconciled = gauges.now();
      counters.drift.inc(found);
      counters.failures.inc({ job: 'reconcile' }, failed);
    },
    onRequest({ method, route, status, seconds }) {
      counters.requests.inc({ method, route, status });
      counters.requestSeconds.observe({ route }, seconds);
    },
    onOutcome: (action, outcome) => counters.outcomes.inc({ action, outcome }),
    onTokenUsed: (tool, token) => counters.tokenUsed.set({ tool, token }, Math.floor(gauges.now() / 1000)),
    onWebhook: (source, outcome) => counters.webhooks.inc({ source, outcome }),
    onBackgroundFailure: (job) => counters.failures.inc({ job }),
  };
}

function readGauges(registry: Registry, gauges: Gauges): void {
  gauge(registry, 'tfg_queue_depth', 'Changes accepted and not answered yet', gauges.queueDepth);
  gauge(registry, 'tfg_background_jobs', 'Background jobs waiting or running', gauges.backgroundJobs);
  gauge(registry, 'tfg_open_requests', 'Requests being answered', gauges.openRequests);
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

function createCounters(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[], labelNames: string[] = []) =>
    new Histogram({ name, help, buckets, labelNames, registers });
  return {
    commits: counter('tfg_commits_total', 'Commits made'),
    retries: counter('tfg_commit_retries_total', 'Times that a batch was planned again on another head'),
    edits: counter('tfg_edits_total', 'Changes by what they came to', ['outcome']),
    outcomes: counter('tfg_outcomes_total', 'Answered actions by outcome', ['action', 'outcome']),
    drift: counter('tfg_reconcile_changes_total', 'Changes that a reconcile found necessary'),
    failures: counter('tfg_background_failures_total', 'Background work that failed', ['job']),
    webhooks: counter('tfg_webhooks_total', 'Webhook deliveries', ['source', 'outcome']),
    requests: counter('tfg_http_requests_total', 'Requests answered', ['method', 'route', 'status']),
    commitSeconds: histogram('tfg_commit_seconds', 'Seconds to land a batch', COMMIT_BUCKETS),
    batchEdits: histogram('tfg_batch_edits', 'Changes in a batch', [1, 2, 5, 10, 25, 50, 100, 250]),
    requestSeconds: histogram('tfg_http_request_seconds', 'Seconds to answer', REQUEST_BUCKETS, ['route']),
    tokenUsed: new Gauge({
      name: 'tfg_token_last_used_timestamp_seconds',
      help: 'When a deploy token was last used with this replica',
      labelNames: ['tool', 'token'],
      registers,
    }),
  };
}
