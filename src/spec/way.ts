import type { SpecPath } from './diagnostic.ts';

/** The way down to a value, linked to the one above: costs nothing until a path is asked for, which is seldom. */
export interface Way {
  readonly up: Way | undefined;
  readonly step: string | number;
}

export function pathOf(way: Way | undefined): SpecPath {
  const path: (string | number)[] = [];
  for (let at = way; at !== undefined; at = at.up) path.push(at.step);
  return path.reverse();
}
