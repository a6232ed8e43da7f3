import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitQueue } from '../../src/app/commit-queue.ts';
import { land } from '../../src/app/land.ts';
import { GitopsError } from '../../src/errors.ts';
import type { ConfigRepo } from '../../src/ports/config-repo.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';
import { appendEdit, failingEdit } from '../support/queue-edits.ts';

const identity = { name: 'deploy bot', email: 'bot@example.org' };

type Fault = 'none' | 'race' | 'fails' | 'answer lost' | 'looks forbidden';

const submission = fc.record({
  tool: fc.constantFrom('a', 'b', 'c'),
  fails: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  /** Turns of the event loop before it is sent. */
  delay: fc.integer({ min: 0, max: 12 }),
  /** Which of two replicas it is sent to. */
  replica: fc.integer({ min: 0, max: 1 }),
});
const faults = fc.array(
  fc.constantFrom<Fault[]>('none', 'none', 'race', 'fails', 'answer lost', 'looks forbidden'),
  {
    maxLength: 12,
  },
);

/** The memory repo, slow by some turns of the event loop, with one fault a commit. */
function unsteady(memory: MemoryConfigRepo, plan: Fault[]): ConfigRepo {
  return {
    ...memory,
    async commit(base, change, options) {
      const fault = plan.shift() ?? 'none';
      await turns(3);
      if (fault === 'race' || fault === 'looks forbidden') {
        await land(memory, appendEdit('rival', `${plan.length}`).run, { clock: fakeClock(), identity });
      }
      if (fault === 'looks forbidden') throw new GitopsError('permission', 'lost race');
      if (fault === 'fails') throw new GitopsError('remote-failed', 'before');
      const landed = await memory.commit(base, change, options);
      if (fault === 'answer lost') throw new GitopsError('remote-failed', 'after');
      return landed;
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('whatever is sent when, to whichever replica: nothing lost, nothing twice, order kept, failures alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(submission, { maxLength: 40 }),
      faults,
      fc.integer({ min: 1, max: 7 }),
      async (submissions, plan, maxBatch) => {
        const memory = memoryConfigRepo();
        const repo = unsteady(memory, [...plan]);
        const queues = [0, 1].map(() => commitQueue(repo, { clock: systemless(), identity, maxBatch }));
        const answers = submissions.map(async ({ tool, fails, delay, replica }, index) => {
          await turns(delay);
          const edit = fails
            ? failingEdit(new GitopsError('not-found', `${index}`))
            : appendEdit(tool, `${index}`);
          return queues[replica]?.submit(tool, edit);
        });
        const settled = await Promise.allSettled(answers);
        settled.forEach((answer, index) => {
          expect(answer.status).toBe(submissions[index]?.fails ? 'rejected' : 'fulfilled');
          if (answer.status === 'fulfilled') expect(answer.value?.commit).not.toBeNull();
        });
        for (const tool of ['a', 'b', 'c']) {
          const lines = (memory.files()[`tools-config/${tool}/log.txt`] ?? '').split('\n').slice(0, -1);
          const sent = submissions.flatMap((one, index) => (one.tool === tool && !one.fails ? [index] : []));
          expect(lines.map(Number).sort((a, b) => a - b)).toEqual(sent);
          for (const replica of [0, 1]) {
            const own = lines.map(Number).filter((index) => submissions[index]?.replica === replica);
            expect(own).toEqual(sentOrder(own, submissions));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** By when they were sent, then by number. */
function sentOrder(indices: readonly number[], submissions: readonly { delay: number }[]): readonly number[] {
  const delay = (index: number) => submissions[index]?.delay ?? 0;
  return [...indices].sort((a, b) => delay(a) - delay(b) || a - b);
}

/** Sleeps are turns of the event loop, so that two queues get in each other's way. */
function systemless() {
  const clock = fakeClock();
  return { ...clock, sleep: (milliseconds: number) => turns(Math.min(5, milliseconds)) };
}
