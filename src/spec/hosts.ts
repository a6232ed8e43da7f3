import { parseImageRef } from '../model/image-ref.ts';

/** A registry's or server's host, with its port where it has one, as image references take it. */
export function isHost(text: string): boolean {
  return parseImageRef(`${text}/x`)?.host === text;
}
