import type { z } from 'zod';
import type { Json } from '../model/json.ts';
import { fieldErrors } from './body-words.ts';
import { HttpProblem } from './problem.ts';

/** The body's bytes, no more than `limit`; throws 413 before more of it is taken in. */
export async function readBody(request: Request, limit: number): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
  } catch {
    throw new HttpProblem('usage', 'the body was cut off');
  }
  if (size > limit) throw tooLarge(limit);
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): HttpProblem {
  // What is still on its way is not worth reading.
  const headers = { connection: 'close' };
  return new HttpProblem('too-large', `the body may hold ${limit / 1024} KiB at most`, { headers });
}

/** The media type alone, in lower case. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

export function requireMediaType(request: Request, allowed: readonly string[]): void {
  if (allowed.includes(mediaType(request))) return;
  throw new HttpProblem('unsupported-media-type', `send it as ${allowed.join(' or ')}`);
}

/** Parses JSON and holds it against a schema; says what is wrong where, never with which value. */
export function parseJson<Schema extends z.ZodType>(body: Buffer, schema: Schema): z.output<Schema> {
  return checked('body', jsonOf(body), schema);
}

function checked<Schema extends z.ZodType>(whole: string, value: Json, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = fieldErrors(result.error, { whole: `the ${whole}`, value, schema });
  const [first] = errors;
  const where = first === undefined || first.path === '' ? '' : ` at ${first.path}`;
  throw new HttpProblem('usage', `the ${whole} is not as it should be${where}: ${first?.message ?? ''}`, {
    errors,
    hint: errors.find(({ suggestion }) => suggestion !== undefined)?.suggestion,
  });
}

function jsonOf(body: Buffer): Json {
  const text = decodeText(body);
  try {
    return JSON.parse(text);
  } catch {
    // The parser's words repeat what was sent.
    throw new HttpProblem('usage', 'the body is no JSON');
  }
}

export function decodeText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new HttpProblem('usage', 'the body is no UTF-8');
  }
}

export function parseQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return checked('query', Object.fromEntries(new URL(request.url).searchParams), schema);
}
