import type { Json } from './json.ts';

/** What differs between two states of manifests-out. */
export interface Diff {
  readonly tools: {
    /** All tools of either state. */
    readonly total: number;
    /** Names of the tools with a file that differs, new ones included, sorted. */
    readonly changed: readonly string[];
    /** Names of the tools that no longer have any file, sorted. */
    readonly deleted: readonly string[];
  };
  /** By path. */
  readonly files: readonly FileDiff[];
  /** By tool, component, object, in the order of the fields. */
  readonly changes: readonly FieldChange[];
}

export interface FileDiff {
  readonly path: string;
  readonly change: 'add' | 'change' | 'delete';
}

/** A field of an object that differs. Never holds the value of an environment variable or of a Secret. */
export interface FieldChange {
  /** Empty for objects of the platform as a whole. */
  readonly tool: string;
  /** Empty for what the platform grants a tool. */
  readonly component: string;
  readonly kind: string;
  readonly name: string;
  /** `spec.template.spec.containers[job].image`; empty for an object that is added or removed as a whole. */
  readonly field: string;
  /** `undefined`: not there. */
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** What stands for a value that may be a secret. */
export const HIDDEN = '(hidden)';
export const HIDDEN_CHANGE = '(changed)';
/** What stands for an object as a whole. */
export const WHOLE_OBJECT = '(object)';
