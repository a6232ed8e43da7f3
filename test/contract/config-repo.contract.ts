import { afterEach, describe, expect, test } from 'vitest';
import { historyTests, readingTests } from './config-repo.reads.ts';
import { changeOf, codeOf, optionsOf, SEED, type World } from './config-repo.world.ts';
import { racingTests, writingTests } from './config-repo.writes.ts';

export interface ConfigRepoFactory {
  /** A repo whose branch has one commit with these files. */
  withFiles(files: Readonly<Record<string, string>>): Promise<World>;
  /** A repo without any commit, a repo without the branch, and no repo at all; left out where there is no such thing. */
  readonly absent?: Readonly<Record<'emptyRepo' | 'missingBranch' | 'missingRepo', () => Promise<World>>>;
  /** A repo that may be read but not written, each by its name. */
  readonly readOnly?: Readonly<Record<string, () => Promise<World>>>;
  /** Good paths that the server cannot take: refused before anything is sent. */
  readonly unwritable?: readonly string[];
}

/** What every ConfigRepo does, whatever is behind it. */
export function configRepoContract(name: string, factory: ConfigRepoFactory): void {
  describe(`ConfigRepo: ${name}`, () => {
    const worlds: World[] = [];
    afterEach(async () => {
      for (const world of worlds.splice(0)) await world.close();
    });
    const seeded = async (files: Readonly<Record<string, string>> = SEED): Promise<World> => {
      const world = await factory.withFiles(files);
      worlds.push(world);
      return world;
    };
    readingTests(seeded);
    writingTests(seeded, factory.unwritable ?? []);
    racingTests(seeded);
    historyTests(seeded);
    for (const [what, make] of Object.entries(factory.absent ?? {})) {
      test(`unavailable: ${what}`, async () => {
        const world = await make();
        worlds.push(world);
        expect(await codeOf(world.open().head())).toBe('unavailable');
      });
    }
    for (const [what, make] of Object.entries(factory.readOnly ?? {})) {
      test(`permission: ${what}`, async () => {
        const world = await make();
        worlds.push(world);
        const repo = world.open();
        const head = await repo.head();
        expect(await codeOf(repo.commit(head, changeOf({ 'a.txt': 'a' }), optionsOf()))).toBe('permission');
        expect((await world.open().head()).commit).toBe(head.commit);
      });
    }
  });
}
