import type { Service } from '../app/service.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from './metrics.ts';

/** What the routes work with. */
export interface Api {
  readonly service: Service;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly secrets: WebhookSecrets;
  readonly version: string;
}

/** Several at once, so that one can be replaced without a gap; none: that webhook is refused. */
export interface WebhookSecrets {
  readonly gitea: readonly string[];
  /** The whole `Authorization` header. */
  readonly harbor: readonly string[];
}

/** Of a body that people or CI send. */
export const BODY_LIMIT = 256 * 1024;
/** Of a webhook's body: a push names many commits and files. */
export const WEBHOOK_LIMIT = 1024 * 1024;
