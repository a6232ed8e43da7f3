import { GitopsError } from '../errors.ts';
import { type Diagnostic, isError } from '../spec/diagnostic.ts';

/** A write that was given up because a file it builds on is in error; the findings come along. */
export class InvalidSpecError extends GitopsError {
  readonly diagnostics: readonly Diagnostic[];
  /** The files that the findings point at. */
  readonly sources: ReadonlyMap<string, string>;

  constructor(what: string, diagnostics: readonly Diagnostic[], sources: ReadonlyMap<string, string>) {
    const [first, ...more] = diagnostics.filter(isError);
    const place = first === undefined ? '' : `: ${first.file}:${first.line}: ${first.message}`;
    super(
      'invalid-spec',
      `${what} is in error${place}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
      {
        hint: first?.suggestion ?? 'run `toolforge-gitops validate` and mend what it names',
      },
    );
    this.diagnostics = diagnostics;
    this.sources = sources;
  }
}
