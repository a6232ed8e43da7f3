import type { Answer } from '../test/support/deploy-once.ts';

export function percentile(answers: readonly Answer[], part: number): number {
  const sorted = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
