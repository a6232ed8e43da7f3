import type { Clock } from '../../ports/clock.ts';
import type { HttpFailure, HttpReply } from './send.ts';

export interface Patience {
  readonly clock: Clock;
  readonly tries: number;
  /** When, by the clock, no further try is begun; milliseconds since 1970. */
  readonly deadline: number;
}

const PAUSE_FIRST = 200;
const PAUSE_MAX = 5_000;
/** Failures that pass by themselves; a certificate or an unknown name does not. */
const PASSING = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** Sends again, with a jittered pause or the one that the server asks for, while that may help. The last answer stands. */
export async function withRetry(
  sendOnce: () => Promise<HttpReply | HttpFailure>,
  { clock, tries, deadline }: Patience,
): Promise<HttpReply | HttpFailure> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendOnce();
    if (attempt >= tries || !mayPass(answer)) return answer;
    const asked = 'status' in answer ? retryAfter(answer, clock.now()) : undefined;
    const jittered = Math.ceil((0.5 + clock.random() / 2) * Math.min(PAUSE_MAX, PAUSE_FIRST * 2 ** attempt));
    const pause = Math.max(asked ?? 0, jittered);
    if (clock.now() + pause >= deadline) return answer;
    await clock.sleep(pause);
  }
}

function mayPass(answer: HttpReply | HttpFailure): boolean {
  if ('status' in answer) return answer.status === 429 || answer.status >= 500;
  return answer.failure === 'timeout' || (answer.failure === 'network' && PASSING.has(answer.detail));
}

/** Seconds or a date (RFC 9110); milliseconds from now. */
function retryAfter({ headers }: HttpReply, now: number): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined) return undefined;
  const at = /^\d{1,9}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
