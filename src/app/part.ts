import type { FileText } from '../model/change.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
import type { ToolId } from './check-tool-files.ts';
import type { Awaiting } from './render-checked.ts';
import type { KeptCache, Learned } from './synth-cache.ts';

/** Some tools of a fleet to check and render. */
export interface PartRequest {
  readonly names: readonly string[];
  /** `undefined`: in error, so nothing is told that may follow from that, and nothing is rendered. */
  readonly platform: Platform | undefined;
  /** Whether the rendered files themselves are wanted, not just what differs. */
  readonly keepFiles: boolean;
  /** What of the last run may be taken as it is; given, what this one learns is told. */
  readonly cache?: KeptCache | undefined;
}

/** What came of it, without what nobody asks for: a fleet's worth of objects would fill the memory. */
export interface Part {
  readonly failed: readonly string[];
  readonly valid: readonly ToolId[];
  readonly diagnostics: readonly Diagnostic[];
  /** The files that diagnostics point at. */
  readonly texts: readonly (readonly [string, string])[];
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** Paths of all rendered files. */
  readonly rendered: readonly string[];
  /** Paths of those whose text is not what is there. */
  readonly writes: readonly string[];
  /** Their texts, as long as they are not staged. */
  readonly fresh: readonly FileText[];
  readonly files: readonly RenderedFile[];
  readonly learned: readonly Learned[];
}

/** The same, still growing. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

export function emptyPart(): Mutable<Part> {
  return {
    failed: [],
    valid: [],
    diagnostics: [],
    texts: [],
    awaitingFirstBuild: [],
    rendered: [],
    writes: [],
    fresh: [],
    files: [],
    learned: [],
  };
}
