import * as z from 'zod';
import { line, timestamp } from './bot-readers.ts';
import { Mistake, optional, type Reader, required } from './field.ts';

/** tools-config/<tool>/tokens.yaml: hashes of deploy tokens, written by the deploy bot alone. */

/** Never repeated or shown: it may be the token itself, put there by mistake. */
function hidden(pattern: RegExp, form: string): Reader<string> {
  return {
    json: { type: 'string', pattern: pattern.source, secret: true },
    read(value) {
      if (typeof value === 'string' && pattern.test(value)) return value;
      return new Mistake('TFG103', `must be ${form}`, 'let `toolforge-gitops token` write this file');
    },
  };
}

const token = z
  .object({
    id: required(hidden(/^[a-z0-9]{1,32}$/, 'at most 32 lower-case letters and digits'), {
      description: 'Names the token in lists and for revoking; part of the token itself.',
      example: 'k3v9q0x2m1',
    }),
    note: optional(line, { description: 'What it is for.', example: 'CI of hello' }),
    created_by: required(line, { description: 'Who made it.', example: 'alice' }),
    created_at: required(timestamp, { description: 'When it was made.', example: '2026-11-24T10:00:00Z' }),
    expires_at: optional(timestamp, {
      description: 'When it ends.',
      otherwise: 'never',
      example: '2027-11-24T10:00:00Z',
    }),
    sha256: required(hidden(/^[0-9a-f]{64}$/, 'the SHA-256 of a token, 64 hex digits'), {
      description: 'Hash of the token; the token itself is kept nowhere.',
    }),
  })
  .meta({ description: 'One deploy token.' });

export const TOKEN_KEYS: readonly string[] = Object.keys(token.shape);

export const tokensSchema = z
  .object({ tokens: z.array(token).nullish().meta({ description: 'Who may deploy the tool.' }) })
  .meta({ title: 'tokens.yaml', description: 'Hashes of deploy tokens; written by the deploy bot alone.' });
