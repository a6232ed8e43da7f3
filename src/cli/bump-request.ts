import { basename, dirname, resolve } from 'node:path';
import type { BumpRequest } from '../app/bump.ts';
import { readReport } from '../app/read-report.ts';
import { GitopsError } from '../errors.ts';
import type { Build } from '../model/images-file.ts';
import { formatTime, parseTime } from '../model/time.ts';
import type { Invocation } from './command.ts';
import { rootOf } from './target.ts';

/** The words and options of `bump` as a request. */
export async function bumpRequestOf(invocation: Invocation): Promise<BumpRequest> {
  const [tool = '', ...components] = invocation.words;
  const reported = await reportedImage(invocation);
  const images = components.map((word) => imageOf(word, reported));
  const names = new Set(images.map(([name]) => name));
  if (names.size < images.length) throw new GitopsError('usage', 'a component is named twice');
  return { tool, images: Object.fromEntries(images), build: buildOf(invocation) };
}

function imageOf(word: string, reported: string | undefined): [string, string] {
  const equals = word.indexOf('=');
  if (equals > 0 && equals < word.length - 1) return [word.slice(0, equals), word.slice(equals + 1)];
  if (equals < 0 && reported !== undefined) return [word, reported];
  throw new GitopsError('usage', `"${word}" names no image`, {
    hint: 'write COMPONENT=IMAGE, or COMPONENT together with --report report.toml',
  });
}

async function reportedImage(invocation: Invocation): Promise<string | undefined> {
  const report = invocation.options.text('report');
  if (report === undefined) return undefined;
  const path = resolve(rootOf(invocation), report);
  const text = await invocation.deps.openFiles(dirname(path)).read(basename(path));
  if (text === undefined) throw new GitopsError('usage', `no such file: ${report}`);
  return readReport({ file: report, text }).images[0];
}

/** Without `--built-at` the build is as new as now. */
function buildOf({ options, deps }: Invocation): Omit<Build, 'image'> {
  const repository = options.text('sourceRepository');
  const [commit, ref, url] = [options.text('sourceCommit'), options.text('ref'), options.text('buildUrl')];
  const source = {
    ...(repository !== undefined && { repository }),
    ...(ref !== undefined && { ref }),
    ...(commit !== undefined && { commit }),
  };
  return {
    ...(Object.keys(source).length > 0 && { source }),
    built_at: builtAt(options.text('builtAt'), deps.clock.now()),
    ...(url !== undefined && { build_url: url }),
  };
}

function builtAt(text: string | undefined, now: number): string {
  const time = text === undefined ? now : parseTime(text);
  if (time !== undefined) return formatTime(Math.floor(time / 1000) * 1000);
  throw new GitopsError('usage', '--built-at is no time', { hint: 'write it as 2026-11-24T10:00:00Z' });
}
