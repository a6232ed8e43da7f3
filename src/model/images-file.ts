/** tools-config/<tool>/images.yaml: what was built, written by the deploy bot alone. */

export interface ImagesFile {
  readonly components: Readonly<Record<string, ImageEntry>>;
}

export interface Build {
  /** `host/repository[:tag]@sha256:…` */
  readonly image: string;
  readonly source?: BuildSource;
  /** RFC 3339, UTC. */
  readonly built_at?: string;
  readonly build_url?: string;
}

export interface BuildSource {
  readonly repository?: string;
  readonly ref?: string;
  readonly commit?: string;
}

export interface ImageEntry extends Build {
  readonly hold?: Hold;
  /** The newest build that the hold keeps back. */
  readonly waiting?: Build;
  /** Newest first, at most 10: rollback targets. */
  readonly previous?: readonly Build[];
}

export interface Hold {
  readonly by: string;
  readonly reason?: string;
  /** RFC 3339, UTC; the hold ends by itself then. */
  readonly until?: string;
}

export const PREVIOUS_MAX = 10;
