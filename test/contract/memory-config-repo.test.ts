import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { configRepoContract } from './config-repo.contract.ts';

configRepoContract('memory', {
  async withFiles(files) {
    const repo = memoryConfigRepo(files);
    return { open: () => repo, close: async () => undefined };
  },
});
