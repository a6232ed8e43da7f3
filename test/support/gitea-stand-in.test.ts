import { giteaAnswers } from '../contract/gitea-answers.contract.ts';
import type { GiteaPlace } from './gitea/place.ts';
import { pushBranch } from './gitea/push.ts';
import { type GiteaStandIn, startGiteaStandIn } from './gitea-stand-in.ts';

function placeOf(gitea: GiteaStandIn, token = gitea.tokens.bot): GiteaPlace {
  const { url, owner, repo, branch, repoUrl, cloneUrl } = gitea;
  return { url, owner, repo, branch, repoUrl, cloneUrl, token, close: () => gitea.close() };
}

const start = () => startGiteaStandIn({ files: { 'a.txt': 'a\n' } });

giteaAnswers('stand-in', {
  async withFiles(files) {
    const place = placeOf(await startGiteaStandIn({ folder: '/git' }));
    await pushBranch({ ...place, files });
    return place;
  },
  empty: async () => placeOf(await startGiteaStandIn()),
  refusing: {
    'a repo that its user may only read': {
      status: 403,
      place: async () => {
        const gitea = await start();
        return placeOf(gitea, gitea.tokens.reader);
      },
    },
    'a protected branch': {
      status: 403,
      place: async () => {
        const gitea = await start();
        await gitea.protect('main');
        return placeOf(gitea);
      },
    },
    'an archived repo': {
      status: 423,
      place: async () => {
        const gitea = await start();
        gitea.state.archived = true;
        return placeOf(gitea);
      },
    },
    'a repo that its user may not see': {
      status: 404,
      place: async () => {
        const gitea = await start();
        return placeOf(gitea, gitea.tokens.outsider);
      },
    },
    'a repo with a token that is none': {
      status: 401,
      place: async () => placeOf(await start(), '0'.repeat(40)),
    },
  },
});
