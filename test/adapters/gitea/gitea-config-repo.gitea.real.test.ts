import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { type ConfigRepoFactory, configRepoContract } from '../../contract/config-repo.contract.ts';
import type { World } from '../../contract/config-repo.world.ts';
import type { GiteaPlace } from '../../support/gitea/place.ts';
import { ADMIN_TOKEN, realBranch, realRepo } from '../../support/real-gitea.ts';

function worldOf(real: GiteaPlace, over: { readonly url?: string; readonly branch?: string } = {}): World {
  const { repoUrl, token, close } = real;
  const address = parseGiteaUrl(over.url ?? repoUrl);
  return {
    open: () => giteaConfigRepo({ address, branch: over.branch ?? real.branch, token, clock: systemClock }),
    close,
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
      return worldOf(real, { url: `${real.repoUrl}-not` });
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
configRepoContract('gitea (real)', {
  unwritable: ['-dash.yaml'],
  withFiles: async (seed) => worldOf(await realBranch(seed)),
  ...(ADMIN_TOKEN !== '' && own),
});
