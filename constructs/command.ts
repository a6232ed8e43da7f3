import { quoteWord } from '../src/model/words.ts';

/** How a component's process is started. */
export interface CommandProps {
  /** Words of the command, without launcher. */
  readonly command: readonly string[];
  /** The image is a buildpack build, whose processes get their environment from `launcher`. */
  readonly launcher: boolean;
  /** Absolute paths that stdout and stderr are appended to; `undefined`: the container's log. */
  readonly filelog?: { readonly stdout: string; readonly stderr: string } | undefined;
}

/** Words that Kubernetes runs in place of the image's entry point. */
export function commandOf({ command, launcher, filelog }: CommandProps): string[] {
  const words = launched(command, launcher);
  if (filelog === undefined) return words;
  const { stdout, stderr } = filelog;
  // exec: the process takes the shell's place, so that it gets the signals.
  const line = `exec ${words.map(quoteWord).join(' ')} >>${quoteWord(stdout)} 2>>${quoteWord(stderr)}`;
  return ['/bin/sh', '-c', line];
}

/** Puts `launcher` before the words where the image has one. */
export function launched(words: readonly string[], launcher: boolean): string[] {
  return launcher ? ['launcher', ...words] : [...words];
}
