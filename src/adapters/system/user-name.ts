import { userInfo } from 'node:os';

/** Name of the account that the process runs as; `undefined` where the system knows none for its number. */
export function userName(): string | undefined {
  try {
    return userInfo().username || undefined;
  } catch {
    return undefined;
  }
}
