import fc from 'fast-check';
import type { Build, ImageEntry, ImagesFile } from '../../src/model/images-file.ts';

export const NOW = Date.parse('2026-11-24T12:00:00Z');

export function imageOf(seed: string): string {
  return `registry.example.org/tool-hello/web:latest@sha256:${seed.repeat(64).slice(0, 64)}`;
}

/** A build of this morning: `build('a', 9)` is of 09:00. */
export function build(seed: string, hour?: number): Build {
  return {
    image: imageOf(seed),
    ...(hour !== undefined && { built_at: `2026-11-24T${String(hour).padStart(2, '0')}:00:00Z` }),
  };
}

export function fileOf(entry: ImageEntry): ImagesFile {
  return { components: { web: entry } };
}

/** Builds of one component that differ in image; some without a time. */
export const anyBuild: fc.Arbitrary<Build> = fc
  .record({
    seed: fc.integer({ min: 0, max: 40 }),
    hour: fc.option(fc.integer({ min: 0, max: 11 }), { nil: undefined }),
  })
  .map(({ seed, hour }) => build(seed.toString(16).padStart(2, '0'), hour));
