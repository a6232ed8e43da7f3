import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import { land } from '../../../src/app/land.ts';
import { GitopsError } from '../../../src/errors.ts';
import { bumpableFiles, bumpLike, PATIENT } from '../../support/bump-like.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type Fault, type GiteaStandIn, startGiteaStandIn } from '../../support/gitea-stand-in.ts';

const FAULTS: Readonly<Record<string, Fault>> = {
  'connection cut before': { when: 'before', kind: 'cut' },
  'connection cut after': { when: 'after', kind: 'cut' },
  'time-out before': { when: 'before', kind: 'hang' },
  'time-out after': { when: 'after', kind: 'hang' },
  'half an answer': { when: 'after', kind: 'truncate' },
  'another answer': { when: 'after', kind: 'garbage' },
  '500 before': { when: 'before', kind: 'status', status: 500 },
  '500 after': { when: 'after', kind: 'status', status: 500 },
  '403 before': { when: 'before', kind: 'status', status: 403 },
  '403 after': { when: 'after', kind: 'status', status: 403 },
  '502 after': { when: 'after', kind: 'status', status: 502 },
  "a proxy's 404": { when: 'before', kind: 'garbage', status: 404 },
  '429': { when: 'before', kind: 'status', status: 429, headers: { 'Retry-After': '3' } },
};
/** Requests of a bump without faults: head, five reads and a list, the write. A fault adds some. */
const REQUESTS = 8;

describe('land on Gitea with faults', () => {
  let gitea: GiteaStandIn;
  let bumps = 0;
  beforeAll(async () => {
    gitea = await startGiteaStandIn({ files: bumpableFiles(['hello']) });
  });
  afterAll(() => gitea.close());
  beforeEach(() => gitea.faults.reset());

  /** Only where the server hangs is it given up on soon: on a busy machine any answer may take its time. */
  const bump = async (hangs = false): Promise<{ outcome: string; commits: number }> => {
    bumps += 1;
    const image = `image-${bumps}`;
    const before = await count(gitea, 'HEAD');
    const clock = fakeClock();
    const repo = giteaConfigRepo({
      address: parseGiteaUrl(gitea.repoUrl),
      branch: 'main',
      token: gitea.tokens.bot,
      clock,
      limits: hangs ? { readTimeout: 300, writeTimeout: 300 } : PATIENT,
    });
    const outcome = await land(repo, bumpLike('hello', image), { clock, identity: IDENTITY }).then(
      ({ made }) => (made ? 'made' : 'not made'),
      (error) => (error instanceof GitopsError ? error.code : String(error.stack)),
    );
    const commits = (await count(gitea, 'HEAD')) - before;
    const text = await gitea.git('show', 'HEAD:tools-config/hello/images.yaml');
    expect(text.split('\n').filter((line) => line === image)).toHaveLength(commits);
    return { outcome, commits };
  };

  test('takes the requests that are counted on', async () => {
    await bump();
    expect(gitea.faults.requests).toHaveLength(REQUESTS);
  });

  const cases = Object.entries(FAULTS).flatMap(([name, fault]) =>
    Array.from({ length: REQUESTS }, (_, index) => ({ name, fault, number: index + 1 })),
  );
  test.each(cases)(
    '$name at request $number: lands once, or a clear error and nothing',
    async ({ fault, number }) => {
      gitea.faults.add(number, fault);
      const { outcome, commits } = await bump(fault.kind === 'hang');
      const write = number === REQUESTS;
      // Only a 403 is no matter of time, unless it is a write's, where it may be a lost race.
      if (fault.status === 403 && !write)
        expect({ outcome, commits }).toEqual({ outcome: 'permission', commits: 0 });
      else expect({ outcome, commits }).toEqual({ outcome: 'made', commits: 1 });
    },
  );

  const pairs = Array.from({ length: REQUESTS }, (_, first) =>
    [1, 2, 3].map((gap) => ({ first: first + 1, second: first + 1 + gap })),
  ).flat();
  test.each(pairs)('answers lost at requests $first and $second: lands once', async ({ first, second }) => {
    gitea.faults.add(first, { when: 'after', kind: 'cut' });
    gitea.faults.add(second, { when: 'after', kind: 'cut' });
    expect(await bump()).toEqual({ outcome: 'made', commits: 1 });
  });

  test.each<[string, Fault, string]>([
    ['a server that is gone', { when: 'before', kind: 'cut' }, 'remote-failed'],
    ['a server that always fails', { when: 'before', kind: 'status', status: 500 }, 'remote-failed'],
    ['a server that is always busy', { when: 'before', kind: 'status', status: 429 }, 'remote-failed'],
  ])('%s: a clear error, nothing written', async (_, fault, code) => {
    gitea.faults.add(() => true, fault);
    expect(await bump()).toEqual({ outcome: code, commits: 0 });
  });

  test('every write refused while reads go on: permission', async () => {
    gitea.faults.add(({ method }) => method === 'POST', { when: 'before', kind: 'status', status: 403 });
    expect(await bump()).toEqual({ outcome: 'permission', commits: 0 });
  });

  test('every answer to a write lost: lands once', async () => {
    gitea.faults.add(({ method }) => method === 'POST', { when: 'after', kind: 'hang' });
    expect(await bump(true)).toEqual({ outcome: 'made', commits: 1 });
  });
});

const IDENTITY = { name: 'deploy bot', email: 'bot@example.org' };

async function count(gitea: GiteaStandIn, revision: string): Promise<number> {
  return Number(await gitea.git('rev-list', '--count', revision));
}
