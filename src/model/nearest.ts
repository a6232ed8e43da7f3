/** "Did you mean …?": the candidate that a mistyped name most likely stands for. */

/** Longer names are not looked at: nobody mistypes so much, and the work grows with the square. */
const LENGTH_MAX = 100;

/**
 * The candidate with the fewest slips of the keyboard from `name` (a letter more, less, other, or two swapped), at most
 * about a third of its letters; letter case does not count. Of equals the first by code units, so the order does not matter.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length > LENGTH_MAX) return undefined;
  let best: { candidate: string; slips: number } | undefined;
  for (const candidate of candidates) {
    const bound = Math.ceil((Math.max(wanted.length, candidate.length) - 1) / 3);
    if (candidate.length > LENGTH_MAX || Math.abs(candidate.length - wanted.length) > bound) continue;
    const slips = distance(wanted, candidate.toLowerCase());
    if (
      slips > bound ||
      (best && (slips > best.slips || (slips === best.slips && candidate > best.candidate)))
    ) {
      continue;
    }
    best = { candidate, slips };
  }
  return best?.candidate;
}

/** Edit distance with swaps of neighbours, each stretch edited at most once (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, at(before, column - 2) + 1);
      }
      current.push(least);
    }
    [before, above] = [above, current];
  }
  return at(above, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}
