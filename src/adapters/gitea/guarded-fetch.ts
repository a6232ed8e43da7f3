export interface FetchLimits {
  /** Milliseconds for a request that only reads, its answer included. */
  readonly readTimeout: number;
  /** Milliseconds for one that writes: a busy server takes its time over a commit. */
  readonly writeTimeout: number;
  /** The longest answer, in bytes. */
  readonly maxBytes: number;
}

/** The longest answer that is waited for: a folder of thousands of files has some megabytes. */
export const LIMITS: FetchLimits = { readTimeout: 30_000, writeTimeout: 90_000, maxBytes: 32 * 2 ** 20 };

/** Statuses of answers that cannot have a body. */
const BODILESS = [101, 204, 205, 304];

/**
 * `fetch` that ends in time, reads no more than it should, and follows no redirect: a redirect could carry the token to
 * another host, and turns a POST into a GET.
 */
export function guardedFetch(limits: FetchLimits): typeof fetch {
  return async (input, init = {}) => {
    const writes = init.method !== undefined && init.method !== 'GET';
    const signal = AbortSignal.timeout(writes ? limits.writeTimeout : limits.readTimeout);
    const response = await fetch(input, { ...init, redirect: 'manual', signal });
    const { status, headers } = response;
    const body = await readBody(response, limits.maxBytes);
    return new Response(BODILESS.includes(status) ? null : body, { status, headers });
  };
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new RangeError(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
