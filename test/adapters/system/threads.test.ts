import { describe, expect, test } from 'vitest';
import { workerThreads } from '../../../src/adapters/system/threads.ts';
import { GitopsError } from '../../../src/errors.ts';

/** A thread of one line of code; `port` is its way to us, `data` what it was asked. */
function threadOf(code: string) {
  const script = `import { parentPort as port, workerData as data } from 'node:worker_threads'; ${code}`;
  return workerThreads(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
}

describe('a thread', () => {
  test('answers', async () => {
    const threads = threadOf('port.postMessage({ answer: data.map((n) => n * 2) })');
    expect(await threads.run([1, 2])).toEqual([2, 4]);
    expect(threads.width).toBeGreaterThan(0);
  });

  test.each([
    {
      what: 'ends without a word',
      code: '',
      error: { code: 'filesystem', message: 'a rendering thread ended early (exit code 0)' },
    },
    {
      what: 'exits in its work',
      code: 'process.exit(7)',
      error: { code: 'filesystem', message: 'a rendering thread ended early (exit code 7)' },
    },
    {
      what: 'runs out of memory',
      code: "throw Object.assign(new Error('out'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })",
      error: { code: 'filesystem', message: 'a rendering thread ended early (memory ran out)' },
    },
    {
      what: 'meets a foreseen failure',
      code: "port.postMessage({ code: 'refused', message: 'no', hint: 'do otherwise' })",
      error: { code: 'refused', message: 'no', hint: 'do otherwise' },
    },
    { what: 'has a bug', code: "throw new TypeError('a bug')", error: { message: 'a bug' } },
    { what: 'cannot be read', code: 'this is no code', error: { name: 'SyntaxError' } },
  ])('that $what is an error, not a wait without end', async ({ code, error }) => {
    const found = await threadOf(code)
      .run({})
      .catch((thrown: unknown) => thrown);
    expect(found).toMatchObject(error);
    expect(found instanceof GitopsError).toBe('code' in error);
  });
});
