import { resolve } from 'node:path';
import { GitopsError } from '../errors.ts';
import type { Files } from '../ports/files.ts';
import type { Invocation } from './command.ts';

/** The folder that a command works on: `-C`, else the current one. */
export function rootOf({ options, deps }: Pick<Invocation, 'options' | 'deps'>): string {
  return resolve(deps.cwd, options.text('directory') ?? '.');
}

/** Throws `usage` where `-C` names nothing to stand in: whatever looks for files there would only miss them. */
export async function checkFolder({ options, deps }: Pick<Invocation, 'options' | 'deps'>): Promise<void> {
  const named = options.text('directory');
  if (named === undefined) return;
  const kind = await openRoot({ options, deps }).kind('');
  if (kind === undefined) throw new GitopsError('usage', `no such folder: ${named}`, { hint: HINT });
  if (kind === 'file') throw new GitopsError('usage', `${named} is no folder`, { hint: HINT });
}

const HINT = 'name a folder that is there with -C DIR';

export function openRoot(invocation: Pick<Invocation, 'options' | 'deps'>): Files {
  return invocation.deps.openFiles(rootOf(invocation));
}
