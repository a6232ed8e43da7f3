import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { configRepoContract } from '../../contract/config-repo.contract.ts';
import type { World } from '../../contract/config-repo.world.ts';
import { type GiteaStandIn, startGiteaStandIn } from '../../support/gitea-stand-in.ts';

interface Ask {
  readonly url?: string;
  readonly branch?: string;
  readonly token?: string;
}

function worldOf(gitea: GiteaStandIn, { url, branch, token }: Ask = {}): World {
  return {
    open: () =>
      giteaConfigRepo({
        address: parseGiteaUrl(url ?? gitea.repoUrl),
        branch: branch ?? gitea.branch,
        token: token ?? gitea.tokens.bot,
        clock: systemClock,
      }),
    close: () => gitea.close(),
  };
}

const start = () => startGiteaStandIn({ files: { 'a.yaml': 'a\n' }, folder: '/git' });

configRepoContract('gitea (stand-in)', {
  unwritable: ['-dash.yaml'],
  withFiles: async (files) => worldOf(await startGiteaStandIn({ files })),
  absent: {
    emptyRepo: async () => worldOf(await startGiteaStandIn()),
    missingBranch: async () => worldOf(await start(), { branch: 'release/none' }),
    missingRepo: async () => {
      const gitea = await start();
      return worldOf(gitea, { url: `${gitea.repoUrl}-not` });
    },
  },
  readOnly: {
    'a token with read scope': async () => {
      const gitea = await start();
      return worldOf(gitea, { token: gitea.tokens.readScope });
    },
    'a user who may only read': async () => {
      const gitea = await start();
      return worldOf(gitea, { token: gitea.tokens.reader });
    },
    'a protected branch': async () => {
      const gitea = await start();
      await gitea.protect('main');
      return worldOf(gitea);
    },
    'an archived repo': async () => {
      const gitea = await start();
      gitea.state.archived = true;
      return worldOf(gitea);
    },
  },
});
