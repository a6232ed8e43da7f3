import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a webhook's body was signed with one of the secrets: the hex HMAC-SHA256 of its raw bytes, in constant time. */
export function isSigned(
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  const given = /^[0-9a-f]{64}$/i.test(signature ?? '')
    ? Buffer.from(signature as string, 'hex')
    : Buffer.alloc(32);
  let isGood = false;
  for (const secret of secrets) {
    const wanted = createHmac('sha256', secret).update(body).digest();
    if (timingSafeEqual(given, wanted)) isGood = true;
  }
  return isGood;
}

/** Whether a header holds one of the secrets, in time that tells neither their length nor their begin. */
export function isSecret(given: string | undefined, secrets: readonly string[]): boolean {
  const hash = hashOf(given ?? '');
  let isGood = false;
  for (const secret of secrets) {
    if (timingSafeEqual(hash, hashOf(secret)) && given !== undefined) isGood = true;
  }
  return isGood;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
