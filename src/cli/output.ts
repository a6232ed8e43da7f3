/** Where a command's words go: results to stdout, everything else to stderr. */
export interface Output {
  /** A result, for stdout; ends in a newline once printed. */
  print(text: string): void;
  /** A remark for people, on stderr; silent with `--quiet`. */
  note(text: string): void;
  /** How far long work is: one line that is overwritten, on a terminal only. */
  progress(text: string): void;
  /** An error, on stderr, also with `--quiet`. */
  error(text: string): void;
  /** Whether stdout takes colour. */
  readonly colour: boolean;
}

export interface Streams {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** `NO_COLOR` (no-color.org) turns colour off; a pipe never gets any. */
export function streamOutput({ stdout, stderr, env }: Streams, quiet: boolean): Output {
  let pending = false;
  const clear = () => {
    if (pending) stderr.write('\r\u001b[2K');
    pending = false;
  };
  return {
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
    print(text) {
      clear();
      if (text !== '') stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    note(text) {
      clear();
      if (!quiet) stderr.write(`${text}\n`);
    },
    progress(text) {
      if (quiet || stderr.isTTY !== true) return;
      clear();
      stderr.write(text);
      pending = true;
    },
    error(text) {
      clear();
      stderr.write(`${text}\n`);
    },
  };
}
