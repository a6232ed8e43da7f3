import { type AnswersFactory, giteaAnswers } from '../contract/gitea-answers.contract.ts';
import { ADMIN_TOKEN, realBranch, realRepo } from './real-gitea.ts';

const files = { 'a.txt': 'a\n' };

/** What takes a repo of its own, so an admin's token. */
const own: Pick<AnswersFactory, 'empty' | 'refusing'> = {
  empty: () => realRepo({}),
  refusing: {
    'a repo that its user may only read': {
      status: 403,
      place: () => realRepo({ files, permission: 'read' }),
    },
    'a protected branch': { status: 403, place: () => realRepo({ files, protect: true }) },
    'an archived repo': { status: 423, place: () => realRepo({ files, archive: true }) },
    'a repo that its user may not see': { status: 404, place: () => realRepo({ files, permission: 'none' }) },
    'a repo with a token that is none': {
      status: 401,
      place: async () => ({ ...(await realRepo({ files })), token: '0'.repeat(40) }),
    },
  },
};

giteaAnswers('real', { withFiles: realBranch, ...(ADMIN_TOKEN !== '' && own) });
