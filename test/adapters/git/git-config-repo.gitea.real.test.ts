import { type GitConfigRepo, gitConfigRepo } from '../../../src/adapters/git/git-config-repo.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { type ConfigRepoFactory, configRepoContract } from '../../contract/config-repo.contract.ts';
import type { World } from '../../contract/config-repo.world.ts';
import type { GiteaPlace } from '../../support/gitea/place.ts';
import { ADMIN_TOKEN, realBranch, realRepo } from '../../support/real-gitea.ts';

/** A person's own git config has no part in this. */
const ENV = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

interface Over {
  readonly url?: string;
  readonly branch?: string;
  readonly token?: string;
}

/** The git host behind Gitea, by its clone address. */
function worldOf({ cloneUrl, branch, token, close }: GiteaPlace, over: Over = {}): World {
  const opened: GitConfigRepo[] = [];
  return {
    open() {
      const repo = gitConfigRepo({ url: cloneUrl, branch, token, ...over, clock: systemClock, env: ENV });
      opened.push(repo);
      return repo;
    },
    async close() {
      for (const repo of opened) repo.dispose();
      await close();
    },
  };
}

const files = { 'a.yaml': 'a\n' };

/** What takes a repo of its own, so an admin's token. */
const own: Pick<Required<ConfigRepoFactory>, 'absent' | 'readOnly'> = {
  absent: {
    emptyRepo: async () => worldOf(await realRepo({})),
    missingBranch: async () => worldOf(await realRepo({ files }), { branch: 'release/none' }),
    missingRepo: async () => {
      const real = await realRepo({});
      return worldOf(real, { url: real.cloneUrl.replace(/\.git$/, '-not.git') });
    },
  },
  readOnly: {
    'a user who may only read': async () => worldOf(await realRepo({ files, permission: 'read' })),
    'a protected branch': async () => worldOf(await realRepo({ files, protect: true })),
    'an archived repo': async () => worldOf(await realRepo({ files, archive: true })),
  },
};

if (ADMIN_TOKEN === '') {
  process.stderr.write('no repos of their own for rights on Gitea: TFG_TEST_GITEA_ADMIN_TOKEN is not set\n');
}
configRepoContract('git over http, Gitea (real)', {
  withFiles: async (seed) => worldOf(await realBranch(seed)),
  ...(ADMIN_TOKEN !== '' && own),
});
