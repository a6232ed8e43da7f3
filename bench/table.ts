export interface Row {
  readonly work: string;
  readonly tools: number;
  readonly seconds: number;
  /** Seconds that are wanted at most. */
  readonly target: number | undefined;
}

export function seconds(work: () => void): number {
  const from = performance.now();
  work();
  return (performance.now() - from) / 1000;
}

/** The shortest of so many runs, each after `prepare`, which does not count. */
export function best(runs: number, work: () => void, prepare: () => void = () => undefined): number {
  const all = Array.from({ length: runs }, () => {
    prepare();
    return seconds(work);
  });
  return Math.min(...all);
}

/** In Markdown, so that it can be pasted into docs/performance.md. */
export const TABLE_HEAD = '| work | tools | seconds | target |\n|---|---:|---:|---:|';

export function tableLine({ work, tools, seconds: took, target }: Row): string {
  return `| ${work} | ${tools === 0 ? '' : tools} | ${took.toFixed(2)} | ${target ?? ''} |`;
}
