import type { FileChange } from '../model/change.ts';

/** What rendering means for the files that are there. */
export interface OutputPlan {
  readonly writes: readonly FileChange[];
  readonly deletes: readonly FileChange[];
  readonly unchanged: number;
  /** Files that nothing of ours made: left alone, and told. */
  readonly foreign: readonly string[];
}

export interface OutputState {
  readonly rendered: readonly { readonly path: string; readonly text: string }[];
  /** Path → text of what is there now, within the part that was rendered. */
  readonly existing: ReadonlyMap<string, string>;
  /** Whether a text was made by us. */
  readonly isGenerated: (text: string) => boolean;
  /** Whether a file that is there and was not rendered may go: not so for tools that could not be rendered. */
  readonly mayDelete: (path: string) => boolean;
}

/** Compares what was rendered with what is there. */
export function planOutput({ rendered, existing, isGenerated, mayDelete }: OutputState): OutputPlan {
  const writes = rendered.filter(({ path, text }) => existing.get(path) !== text);
  const paths = new Set(rendered.map(({ path }) => path));
  const others = [...existing].filter(([path]) => !paths.has(path) && mayDelete(path));
  return {
    writes: writes.map(({ path, text }) => ({ path, text })),
    deletes: others.filter(([, text]) => isGenerated(text)).map(([path]) => ({ path, text: undefined })),
    unchanged: rendered.length - writes.length,
    foreign: others.filter(([, text]) => !isGenerated(text)).map(([path]) => path),
  };
}
