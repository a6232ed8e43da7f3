import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giteaConfigRepo } from '../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { land } from '../../src/app/land.ts';
import { bumpableFiles, bumpLike, PATIENT } from '../support/bump-like.ts';
import { callRepo, type GiteaPlace } from '../support/gitea/place.ts';
import { buildWriter, type WriterProgram } from '../support/writer-process.ts';

export interface WritersFactory {
  withFiles(files: Readonly<Record<string, string>>): Promise<GiteaPlace>;
  /** How many write at once: half of them in this process, the rest in five others. */
  readonly writers: number;
}

const PROCESSES = 5;
/** Far beyond what it takes: the test is of being complete, not of being quick. */
const PATIENCE = 600_000;

/** Many writers at once: each lands once, whoever wins the rounds. */
export function giteaWriters(name: string, { withFiles, writers }: WritersFactory): void {
  describe(`writers on Gitea: ${name}`, () => {
    let program: WriterProgram;
    beforeAll(async () => {
      program = await buildWriter();
    });
    afterAll(() => program.remove());

    test(`${writers} writers of ${writers} tools at once: each lands exactly once`, {
      timeout: PATIENCE,
    }, async () => {
      const tools = Array.from({ length: writers }, (_, index) => `tool-${index}`);
      const place = await withFiles(bumpableFiles(tools));
      try {
        const here = tools.slice(0, writers / 2);
        const others = Array.from({ length: PROCESSES }, (_, process) =>
          tools.slice(writers / 2).filter((_tool, index) => index % PROCESSES === process),
        );
        await Promise.all([
          ...here.map((tool) => landHere(place, tool, `${tool}-v1`)),
          ...others.map(async (group) => {
            const bumps = group.map((tool) => `${tool}=${tool}-v1`);
            expect(await program.run(place, bumps, PATIENCE)).toMatchObject({ code: 0, stderr: '' });
          }),
        ]);
        const commits = await subjects(place);
        expect([...commits].sort()).toEqual(
          ['seed', ...tools.map((tool) => `Deploy ${tool} ${tool}-v1`)].sort(),
        );
        const head = await repoOf(place).head();
        const texts = await head.read(tools.map((tool) => `tools-config/${tool}/images.yaml`));
        expect(texts).toEqual(tools.map((tool) => `${tool}-v1\n`));
      } finally {
        await place.close();
      }
    });

    test('many writers of one and the same change: it lands once', { timeout: PATIENCE }, async () => {
      const place = await withFiles(bumpableFiles(['hello']));
      try {
        await Promise.all(Array.from({ length: writers / 5 }, () => landHere(place, 'hello', 'v1')));
        expect(await subjects(place)).toEqual(['Deploy hello v1', 'seed']);
      } finally {
        await place.close();
      }
    });
  });
}

function repoOf({ repoUrl, branch, token }: GiteaPlace) {
  return giteaConfigRepo({
    address: parseGiteaUrl(repoUrl),
    branch,
    token,
    clock: systemClock,
    limits: PATIENT,
  });
}

async function landHere(place: GiteaPlace, tool: string, image: string): Promise<void> {
  const identity = { name: 'deploy bot', email: 'bot@example.org' };
  await land(repoOf(place), bumpLike(tool, image), { clock: systemClock, identity, patience: PATIENCE });
}

async function subjects(place: GiteaPlace): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1; ; page += 1) {
    const query = `sha=${place.branch}&limit=50&page=${page}&stat=false&files=false&verification=false`;
    const rows = (await callRepo(place, 'GET', `/commits?${query}`)).json as {
      commit: { message: string };
    }[];
    found.push(...rows.map(({ commit }) => commit.message.split('\n', 1)[0] as string));
    if (rows.length < 50) return found;
  }
}
