import { createHash, timingSafeEqual } from 'node:crypto';
import type { DeployToken, TokensFile } from './tokens-file.ts';

/** `tfg_<id>_<secret>`: the prefix lets secret scanners find it, the id says which one leaked. */
const TOKEN = /^tfg_([a-z0-9]{1,32})_[A-Za-z0-9_-]{43}$/;
const SECRET_BYTES = 32;
const ID_BYTES = 8;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz012345';

export interface NewToken {
  readonly id: string;
  /** To be shown once. */
  readonly token: string;
  readonly sha256: string;
}

/** A token of 256 random bits. */
export function makeToken(random: (bytes: number) => Uint8Array): NewToken {
  const id = Array.from(random(ID_BYTES), (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');
  const token = `tfg_${id}_${Buffer.from(random(SECRET_BYTES)).toString('base64url')}`;
  return { id, token, sha256: hashOf(token).toString('hex') };
}

/** Compared with where there is nothing to compare with, so that it takes as long; no token hashes to it. */
const NOBODY: DeployToken = {
  id: 'nobody',
  sha256: '0'.repeat(64),
  created_by: 'nobody',
  created_at: '1970-01-01T00:00:00Z',
};

/**
 * The token of the file that was presented, if it is good at `now` (milliseconds since 1970). Whatever is presented is
 * hashed and compared, in time that tells nothing of what is kept.
 */
export function findToken({ tokens }: TokensFile, presented: string, now: number): DeployToken | undefined {
  const hash = hashOf(presented);
  let found: DeployToken | undefined;
  for (const candidate of [NOBODY, ...tokens]) {
    const isSame = timingSafeEqual(hash, Buffer.from(candidate.sha256, 'hex'));
    if (isSame && candidate !== NOBODY) found = candidate;
  }
  if (found === undefined || !TOKEN.test(presented)) return undefined;
  return isExpired(found, now) ? undefined : found;
}

/** An end that cannot be read has passed: better refused than good for ever. */
export function isExpired({ expires_at }: Pick<DeployToken, 'expires_at'>, now: number): boolean {
  return expires_at !== undefined && !(Date.parse(expires_at) > now);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
