import { GitopsError } from '../errors.ts';
import { type Diagnostic, FILE_START } from '../spec/diagnostic.ts';
import { readOne, type Tree } from './tree.ts';

/** An unreadable file is a finding about that file; a broken remote is not. */
export function isAboutAFile(error: unknown): error is GitopsError {
  return error instanceof GitopsError && (error.code === 'filesystem' || error.code === 'refused');
}

export function unreadable(path: string, error: GitopsError): Diagnostic {
  return {
    ...FILE_START,
    file: path,
    severity: 'error',
    code: 'TFG014',
    message: error.message,
    path: '',
    suggestion: error.hint,
  };
}

/** The text of a file, or what is to stand for one that is there and cannot be read. */
export async function readOr<T>(
  tree: Tree,
  path: string,
  instead: (error: GitopsError) => T,
): Promise<string | undefined | T> {
  try {
    return await readOne(tree, path);
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
    return instead(error);
  }
}

/** The same of several: all in one go where that works; one by one, to tell which, where it does not. */
export async function readEach<T>(
  tree: Tree,
  paths: readonly string[],
  instead: (path: string, error: GitopsError) => T,
): Promise<readonly (string | undefined | T)[]> {
  try {
    return await tree.read(paths);
  } catch (error) {
    if (!isAboutAFile(error)) throw error;
  }
  const texts: (string | undefined | T)[] = [];
  for (const path of paths) texts.push(await readOr(tree, path, (error) => instead(path, error)));
  return texts;
}
