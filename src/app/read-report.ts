import { parse } from 'smol-toml';
import * as z from 'zod';
import { GitopsError } from '../errors.ts';
import { formatImageRef, isDigest, parseImageRef } from '../model/image-ref.ts';

/** What a buildpack build says that it published. */
export interface BuildReport {
  /** `host/repository[:tag]@sha256:…`, one a tag, in the order of the report; at least one. */
  readonly images: readonly string[];
  readonly digest: string;
}

const report = z.object({
  image: z.object({ tags: z.array(z.string()).max(1000).default([]), digest: z.string().default('') }),
});

const SIZE_MAX = 1024 * 1024;

/** Reads the report.toml of the buildpack lifecycle (`creator -report`, `pack build --report-output-dir`). */
export function readReport({ file, text }: { readonly file: string; readonly text: string }): BuildReport {
  const read = report.safeParse(parseToml(file, text));
  if (!read.success) throw notAReport(file, 'has no [image] section with tags and a digest');
  const { tags, digest } = read.data.image;
  if (digest === '') {
    throw new GitopsError('usage', `${file} has no digest`, {
      hint: 'was the image published? A build into a Docker daemon has none: build with pack --publish, or with the lifecycle without -daemon',
    });
  }
  if (!isDigest(digest)) throw notAReport(file, 'has a digest that is not sha256');
  if (tags.length === 0) throw notAReport(file, 'names no image');
  return { images: tags.map((tag) => pinned(file, tag, digest)), digest };
}

function parseToml(file: string, text: string): unknown {
  if (text.length > SIZE_MAX) throw notAReport(file, 'is too large');
  try {
    return parse(text);
  } catch {
    // The parser's own text quotes the file.
    throw notAReport(file, 'is not TOML');
  }
}

function pinned(file: string, tag: string, digest: string): string {
  const ref = parseImageRef(tag);
  if (ref === undefined) throw notAReport(file, 'holds a tag that is no image reference');
  return formatImageRef({ ...ref, digest });
}

function notAReport(file: string, what: string): GitopsError {
  return new GitopsError('usage', `${file} ${what}`, {
    hint: 'give the report.toml that the buildpack lifecycle wrote for this build',
  });
}
