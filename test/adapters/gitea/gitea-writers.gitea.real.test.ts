import { giteaWriters } from '../../contract/gitea-writers.contract.ts';
import { realBranch } from '../../support/real-gitea.ts';

giteaWriters('real', { withFiles: realBranch, writers: 50 });
