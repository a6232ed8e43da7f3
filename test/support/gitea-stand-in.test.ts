import { giteaAnswers } from '../contract/gitea-answers.contract.ts';
import { pushBranch } from './gitea/push.ts';
import { startGiteaStandIn } from './gitea-stand-in.ts';
import { standInPlace } from './stand-in-place.ts';

const start = () => startGiteaStandIn({ files: { 'a.txt': 'a\n' } });

giteaAnswers('stand-in', {
  async withFiles(files) {
    const place = standInPlace(await startGiteaStandIn({ folder: '/git' }));
    await pushBranch({ ...place, files });
    return place;
  },
  empty: async () => standInPlace(await startGiteaStandIn()),
  refusing: {
    'a repo that its user may only read': {
      status: 403,
      place: async () => {
        const gitea = await start();
        return standInPlace(gitea, gitea.tokens.reader);
      },
    },
    'a protected branch': {
      status: 403,
      place: async () => {
        const gitea = await start();
        await gitea.protect('main');
        return standInPlace(gitea);
      },
    },
    'an archived repo': {
      status: 423,
      place: async () => {
        const gitea = await start();
        gitea.state.archived = true;
        return standInPlace(gitea);
      },
    },
    'a repo that its user may not see': {
      status: 404,
      place: async () => {
        const gitea = await start();
        return standInPlace(gitea, gitea.tokens.outsider);
      },
    },
    'a repo with a token that is none': {
      status: 401,
      place: async () => standInPlace(await start(), '0'.repeat(40)),
    },
  },
});
