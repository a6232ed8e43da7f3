import process from 'node:process';

/**
 * Whoever reads may stop early (`| head`): the work goes on, and nothing is said. Any other failure to write (a full
 * disk) does not stop the work either, but is told, and the exit code `untold` says that the result is not all there.
 */
export function watchOutput(untold: number): void {
  for (const [name, stream] of [
    ['output', process.stdout],
    ['error', process.stderr],
  ] as const) {
    let isTold = false;
    stream.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || isTold) return;
      isTold = true;
      process.once('exit', () => {
        process.exitCode = untold;
      });
      if (name === 'output') process.stderr.write(`error: cannot write to standard output: ${code}\n`);
    });
  }
}
