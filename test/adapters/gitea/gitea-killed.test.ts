import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bumpableFiles } from '../../support/bump-like.ts';
import { type Fault, type GiteaStandIn, startGiteaStandIn } from '../../support/gitea-stand-in.ts';
import { standInPlace } from '../../support/stand-in-place.ts';
import { buildWriter, type WriterProgram } from '../../support/writer-process.ts';

/** Of a bump without faults. */
const REQUESTS = 8;

describe('a process killed within land, then run again', () => {
  let gitea: GiteaStandIn;
  let program: WriterProgram;
  let bumps = 0;
  beforeAll(async () => {
    [gitea, program] = await Promise.all([
      startGiteaStandIn({ files: bumpableFiles(['hello']) }),
      buildWriter(),
    ]);
  });
  afterAll(async () => {
    await Promise.all([gitea.close(), program.remove()]);
  });

  const cases = Array.from({ length: REQUESTS }, (_, index) => index + 1).flatMap((number) =>
    (['before', 'after'] as const).map((when) => ({ number, when })),
  );
  test.each(cases)(
    'killed $when request $number is served: the repo is whole, the retry harmless',
    async ({ number, when }) => {
      bumps += 1;
      const bump = `hello=image-${bumps}`;
      const before = await gitea.git('rev-list', '--count', 'HEAD');
      await killAt(gitea, { when, kind: 'hang' }, number, () => program.start(standInPlace(gitea), [bump]));
      await gitea.git('fsck', '--strict', '--no-dangling');
      gitea.faults.reset();
      expect(await program.run(standInPlace(gitea), [bump])).toMatchObject({ code: 0, stderr: '' });
      expect(Number(await gitea.git('rev-list', '--count', 'HEAD'))).toBe(Number(before) + 1);
      const text = await gitea.git('show', 'HEAD:tools-config/hello/images.yaml');
      expect(text.split('\n').filter((line) => line === `image-${bumps}`)).toHaveLength(1);
    },
  );
});

/** Kills the process once the server has taken the request up, or has done what it asks. */
async function killAt(
  gitea: GiteaStandIn,
  fault: Fault,
  number: number,
  start: () => ReturnType<WriterProgram['start']>,
): Promise<void> {
  const hung = new Promise<void>((resolve) => gitea.faults.onFault(resolve));
  gitea.faults.reset();
  gitea.faults.add(number, fault);
  const child = start();
  const closed = once(child, 'close');
  await hung;
  child.kill('SIGKILL');
  await closed;
}
