import { secretMask } from '../../model/secret-mask.ts';

/** Makes text from git or a server fit to be shown: no secret, no control characters, not much of it. */

const MAX_LINES = 6;
const MAX_LENGTH = 600;

export type Redact = (text: string) => string;

export function redactor(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets
    .filter((secret) => secret !== undefined && secret !== '')
    .flatMap((secret) => [secret as string, encodeURIComponent(secret as string), base64(secret as string)]);
  const masked = secretMask(known);
  return (text) => shorten(masked(text).replaceAll(/:\/\/[^/@\s]*@/g, '://***@'));
}

function shorten(text: string): string {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' ').trim())
    .filter((line) => line !== '');
  return lines.slice(-MAX_LINES).join(' | ').slice(0, MAX_LENGTH);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
