import { GitopsError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SpecSource } from '../../ports/spec-source.ts';
import { type HttpFailure, type HttpReply, type Network, send } from '../http/send.ts';
import { ASK, checkAddress, refused, shown, type Target } from './address-rules.ts';
import { rawAddress } from './raw-address.ts';
import { SPEC_MAX, specText, tooLarge } from './spec-text.ts';

export interface SpecSourceOptions {
  readonly clock: Clock;
  /** `host` or `host:port`, from platform.yaml: the platform's own git hosts. */
  readonly trustedHosts: readonly string[];
  /** For a fetch with its redirects, milliseconds. */
  readonly patience?: number;
  readonly network?: Network;
}

const PATIENCE = 10_000;
const REDIRECTS_MAX = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HEADERS = { accept: 'text/plain, application/yaml, */*;q=0.1', 'accept-encoding': 'identity' };

/** Specs over https: never with a login or a cookie, and from the public internet or a trusted host alone. */
export function httpSpecSource(options: SpecSourceOptions): SpecSource {
  return {
    async fetch(text) {
      const { clock, trustedHosts, patience = PATIENCE } = options;
      const deadline = clock.now() + patience;
      let target = checkAddress(text, trustedHosts);
      for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
        const reply = await get(target, Math.max(1, deadline - clock.now()), options);
        if (!REDIRECTS.has(reply.status)) return read(reply, target.url);
        target = redirected(reply, target, trustedHosts);
      }
      throw new GitopsError('fetch-failed', `${shown(target.url)}: more than ${REDIRECTS_MAX} redirects`);
    },
  };
}

async function get(
  { url, trusted }: Target,
  timeout: number,
  { network }: SpecSourceOptions,
): Promise<HttpReply> {
  const answer = await send({
    method: 'GET',
    url,
    headers: HEADERS,
    maxBytes: SPEC_MAX,
    timeout,
    allowPrivate: trusted,
    network,
  });
  if ('failure' in answer) throw failureError(answer, url);
  return answer;
}

/** Every address on the way keeps the rules of the first. */
function redirected(
  { headers: { location } }: HttpReply,
  { url }: Target,
  trustedHosts: readonly string[],
): Target {
  if (location === undefined || !URL.canParse(location, url.href)) {
    throw new GitopsError('fetch-failed', `${shown(url)} redirects to nowhere`);
  }
  const target = checkAddress(new URL(location, url).href, trustedHosts);
  if (url.protocol === 'https:' && target.url.protocol !== 'https:') {
    throw refused(`${shown(url)} redirects to an address that is not https`);
  }
  return target;
}

function read(reply: HttpReply, url: URL): string {
  if (reply.status === 200) return specText(reply, url);
  const raw = rawAddress(shown(url));
  throw new GitopsError('fetch-failed', `${shown(url)} answered ${reply.status}`, {
    hint: raw === undefined ? HINTS[reply.status] : `use the address of the raw file, ${raw}`,
  });
}

const NO_LOGIN = 'the file must be readable without a login';
const HINTS: Readonly<Record<number, string>> = {
  401: NO_LOGIN,
  403: NO_LOGIN,
  404: `check the branch and the path; ${NO_LOGIN}`,
  429: 'the server asks to come back later',
};

function failureError({ failure, detail }: HttpFailure, url: URL): GitopsError {
  if (failure === 'private-address') return refused(`${shown(url)} lies on a private address`, ASK);
  if (failure === 'too-large') return tooLarge(url);
  const what = failure === 'timeout' ? 'did not answer in time' : `cannot be reached: ${detail}`;
  return new GitopsError('fetch-failed', `${shown(url)} ${what}`, { hint: 'try again later' });
}
