import { resolve } from 'node:path';
import type { Files } from '../ports/files.ts';
import type { Invocation } from './command.ts';

/** The folder that a command works on: `-C`, else the current one. */
export function rootOf({ options, deps }: Pick<Invocation, 'options' | 'deps'>): string {
  return resolve(deps.cwd, options.text('directory') ?? '.');
}

export function openRoot(invocation: Pick<Invocation, 'options' | 'deps'>): Files {
  return invocation.deps.openFiles(rootOf(invocation));
}
