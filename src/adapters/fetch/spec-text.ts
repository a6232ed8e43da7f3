import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { GitopsError } from '../../errors.ts';
import type { HttpReply } from '../http/send.ts';
import { shown } from './address-rules.ts';
import { rawAddress } from './raw-address.ts';

/** Of a spec, as for those that lie in the config repo. */
export const SPEC_MAX = 256 * 1024;

type Decode = (body: Buffer, options: { readonly maxOutputLength: number }) => Buffer;
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** The text in an answer: decompressed within the limit, UTF-8, and no web page. */
export function specText(reply: HttpReply, url: URL): string {
  const text = decodeUtf8(decompress(reply, url), url);
  if (!isPage(reply, text)) return text;
  const raw = rawAddress(shown(url));
  throw new GitopsError('fetch-failed', `${shown(url)} is a web page, not the file`, {
    hint: `use the address of the raw file${raw === undefined ? '' : `, ${raw}`}`,
  });
}

export function tooLarge(url: URL): GitopsError {
  return new GitopsError('fetch-failed', `${shown(url)} holds more than 256 KiB`, { hint: IS_IT });
}

const IS_IT = 'make sure that this is the address of the spec';

/** None is asked for, but some servers compress whatever they send. */
function decompress({ headers, body }: HttpReply, url: URL): Buffer {
  const encoding = (headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity') return body;
  const decode = DECODERS.get(encoding);
  if (decode === undefined) {
    throw new GitopsError('fetch-failed', `${shown(url)} is compressed in an unknown way`);
  }
  try {
    return decode(body, { maxOutputLength: SPEC_MAX });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url);
    throw new GitopsError('fetch-failed', `${shown(url)} cannot be decompressed`, { cause: error });
  }
}

function decodeUtf8(body: Buffer, url: URL): string {
  const notText = new GitopsError('fetch-failed', `${shown(url)} is not UTF-8 text`, { hint: IS_IT });
  if (body.includes(0)) throw notText;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw notText;
  }
}

function isPage({ headers }: HttpReply, text: string): boolean {
  const type = headers['content-type'] ?? '';
  return (
    /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type) || /^\s*<(?:!doctype|html|\?xml)\b/i.test(text)
  );
}
