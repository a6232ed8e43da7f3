import { cwd } from 'node:process';
import { GitopsError } from '../../errors.ts';

/** Where the process stands. Throws `usage` when that folder was removed meanwhile. */
export function currentFolder(): string {
  try {
    return cwd();
  } catch (cause) {
    throw new GitopsError('usage', 'the current folder is gone', {
      hint: 'change to a folder that is there: cd DIR',
      cause,
    });
  }
}
