import { basename, dirname, resolve } from 'node:path';
import type { BumpRequest } from '../app/bump.ts';
import { readReport } from '../app/read-report.ts';
import { isAboutAFile } from '../app/unreadable.ts';
import { GitopsError } from '../errors.ts';
import { buildOf } from './build-options.ts';
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
  // What stands after the `=` may be an address with a password.
  const name = equals < 0 ? word : word.slice(0, equals);
  throw new GitopsError('usage', `"${name}" names no image`, {
    hint: 'write COMPONENT=IMAGE, or COMPONENT together with --report report.toml',
  });
}

async function reportedImage(invocation: Invocation): Promise<string | undefined> {
  const report = invocation.options.text('report');
  if (report === undefined) return undefined;
  const path = resolve(rootOf(invocation), report);
  const text = await readNamed(invocation, path);
  if (text === undefined) throw new GitopsError('usage', `no such file: ${report}`);
  return readReport({ file: report, text }).images[0];
}

/** A folder, a link, a file that is no text: the wrong one was named. */
async function readNamed({ deps }: Invocation, path: string): Promise<string | undefined> {
  try {
    return await deps.openFiles(dirname(path)).read(basename(path));
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
    throw new GitopsError('usage', error.message, { hint: error.hint, cause: error });
  }
}
