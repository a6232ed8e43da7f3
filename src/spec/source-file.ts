import type { Json } from '../model/json.ts';
import type { Diagnostic, Position, SpecPath } from './diagnostic.ts';

/** A file as read: its name for messages and its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** A YAML file read to plain values, with the way back to where each stands. */
export interface ParsedFile {
  readonly file: string;
  /** `undefined` when the text is no usable YAML; `diagnostics` then says why. */
  readonly value: Json | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Where a value stands, or with `'key'` its key; the nearest enclosing place when there is none. */
  locate(path: SpecPath, what?: 'key' | 'value'): Position;
  /** The text of a scalar without quotes: `0644` and `yes` as they stand there, whatever YAML makes of them. */
  written(path: SpecPath): string | undefined;
}

/** The files of one tool; `images`, `tenant` and `fetched` are optional in a config repo. */
export interface ToolSources {
  readonly name: string;
  readonly spec: SourceFile;
  readonly fetched?: SourceFile | undefined;
  readonly tenant?: SourceFile | undefined;
  readonly images?: SourceFile | undefined;
}
