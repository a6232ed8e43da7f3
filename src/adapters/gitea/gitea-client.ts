import { type Api, giteaApi } from 'gitea-js';
import { GitopsError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import { formatGiteaUrl, type GiteaAddress } from './gitea-url.ts';
import { type FetchLimits, guardedFetch, LIMITS } from './guarded-fetch.ts';

/** Requests of one piece of work to one server at a time. */
export const WIDTH = 8;

export interface ClientOptions {
  readonly address: GiteaAddress;
  /** `undefined`: without authentication. */
  readonly token: string | undefined;
  readonly clock: Clock;
  readonly limits?: Partial<FetchLimits> | undefined;
}

/** An answer, or that there was none. */
export interface Reply {
  /** HTTP status; 0 when no whole answer came. */
  readonly status: number;
  /** The answer's JSON; `undefined` when it was none, so not Gitea's. */
  readonly json: unknown;
  /** For messages: `403`, `no answer (ECONNREFUSED)`. */
  readonly text: string;
}

export type GiteaApi = Api<unknown>;

/** A request to the repo; the path parameters that it gives to gitea-js must be encoded. */
export type Send = (api: GiteaApi, owner: string, repo: string) => Promise<unknown>;

export interface GiteaClient {
  readonly name: string;
  /** Sends it; again when the server asks to come back later. Never throws for what the server or network do. */
  ask(send: Send): Promise<Reply>;
}

const BUSY = 429;
const BUSY_TRIES = 4;
const BUSY_PAUSE = 1_000;
const BUSY_PAUSE_MAX = 15_000;

export function giteaClient({ address, token, clock, limits }: ClientOptions): GiteaClient {
  const customFetch = guardedFetch({ ...LIMITS, ...limits });
  const api = giteaApi(address.baseUrl, {
    customFetch,
    ...(token !== undefined && { token: checked(token) }),
  });
  return {
    name: formatGiteaUrl(address),
    async ask(send) {
      for (let attempt = 1; ; attempt += 1) {
        const { reply, retryAfter } = await once(() => send(api, address.owner, address.repo));
        if (reply.status !== BUSY || attempt === BUSY_TRIES) return reply;
        await clock.sleep(pauseFor(retryAfter, clock));
      }
    },
  };
}

/** A header cannot hold it otherwise, and fetch's own error would repeat it. */
function checked(token: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new GitopsError('permission', 'the Gitea token holds characters that no token has', {
    hint: 'look for spaces, quotes or line ends in TFG_GITEA_TOKEN',
  });
}

/** Seconds or a date, as the server has it, but never longer than we care to wait; with jitter. */
function pauseFor(retryAfter: string | null, clock: Clock): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  const until = Date.parse(retryAfter ?? '') - clock.now();
  const asked = Number.isNaN(seconds) ? until : seconds * 1000;
  const pause = asked > 0 ? asked : BUSY_PAUSE;
  return Math.ceil(Math.min(pause, BUSY_PAUSE_MAX) * (1 + clock.random() / 4));
}

interface Once {
  readonly reply: Reply;
  readonly retryAfter: string | null;
}

/** gitea-js throws a Response for a failure status, and anything else when there was no answer. */
async function once(send: () => Promise<unknown>): Promise<Once> {
  try {
    return readReply(await send());
  } catch (thrown) {
    if (thrown instanceof Response) return readReply(thrown);
    return { reply: noReply(`no answer (${reasonOf(thrown)})`), retryAfter: null };
  }
}

/** gitea-js puts the JSON of a good answer in `data`, of another in `error`, and there a SyntaxError when it is none. */
function readReply(thrown: unknown): Once {
  if (!(thrown instanceof Response)) return { reply: noReply('no answer'), retryAfter: null };
  const { ok, status, headers } = thrown;
  const { data, error } = thrown as Response & { data?: unknown; error?: unknown };
  const retryAfter = headers.get('retry-after');
  if (ok && error instanceof Error) return { reply: noReply('an answer that is no JSON'), retryAfter };
  const json = ok ? data : error instanceof Error ? undefined : error;
  return { reply: { status, json, text: String(status) }, retryAfter };
}

function noReply(text: string): Reply {
  return { status: 0, json: undefined, text };
}

/** A system error's code or an error's name; never its message, which may repeat what was sent. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown';
  const { cause } = thrown;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : thrown.name;
}
