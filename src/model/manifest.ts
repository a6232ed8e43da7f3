import type { JsonObject } from './json.ts';

/** A Kubernetes object as plain JSON. */
export interface Manifest extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string };
}

/** A file of rendered objects; the path is relative to the config repo's root, with `/`. */
export interface RenderedFile {
  readonly path: string;
  readonly objects: readonly Manifest[];
  readonly text: string;
}
