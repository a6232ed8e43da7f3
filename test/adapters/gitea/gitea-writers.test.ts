import { giteaWriters } from '../../contract/gitea-writers.contract.ts';
import { startGiteaStandIn } from '../../support/gitea-stand-in.ts';
import { standInPlace } from '../../support/stand-in-place.ts';

giteaWriters('stand-in', {
  withFiles: async (files) => standInPlace(await startGiteaStandIn({ files })),
  writers: 50,
});
