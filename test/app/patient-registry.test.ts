import { describe, expect, test } from 'vitest';
import { patientRegistry } from '../../src/app/patient-registry.ts';
import { GitopsError } from '../../src/errors.ts';
import { defaultPlatform } from '../../src/spec/check-platform.ts';

const ref = (host: string) => ({ host, repository: 'tool-hello/web', tag: 'v1' });
const away = new GitopsError('registry-failed', 'away');
const gone = new GitopsError('image-gone', 'gone');

/** Asks registries that answer with these errors, or with a digest; how often one was asked, and what came of it. */
async function ask(hosts: readonly string[], answers: readonly (GitopsError | undefined)[]) {
  const asked: string[] = [];
  const open = patientRegistry(() => ({
    async resolve({ host }) {
      asked.push(host);
      const answer = answers[asked.length - 1];
      if (answer !== undefined) throw answer;
      return 'sha256:1';
    },
  }));
  const outcomes: string[] = [];
  for (const host of hosts) {
    const registry = open(defaultPlatform());
    outcomes.push(await registry.resolve(ref(host)).catch((error: GitopsError) => error.code));
  }
  return { asked, outcomes };
}

describe('patientRegistry', () => {
  test('asks a host no more that failed three times in a row, and others still', async () => {
    const { asked, outcomes } = await ask(['a', 'a', 'a', 'a', 'b'], [away, away, away]);
    expect(asked).toEqual(['a', 'a', 'a', 'b']);
    expect(outcomes).toEqual([...Array(4).fill('registry-failed'), 'sha256:1']);
  });

  test('an answer in between starts the count anew', async () => {
    const { asked } = await ask(Array(6).fill('a'), [away, away, undefined, away, away, undefined]);
    expect(asked).toHaveLength(6);
  });

  test('an image that is gone is an answer', async () => {
    const { asked, outcomes } = await ask(Array(5).fill('a'), Array(5).fill(gone));
    expect(asked).toHaveLength(5);
    expect(outcomes).toEqual(Array(5).fill('image-gone'));
  });
});
