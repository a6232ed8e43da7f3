import { afterEach, describe, expect, test } from 'vitest';
import { giteaConfigRepo } from '../../../src/adapters/gitea/gitea-config-repo.ts';
import { parseGiteaUrl } from '../../../src/adapters/gitea/gitea-url.ts';
import { land } from '../../../src/app/land.ts';
import { bumpableFiles, bumpLike } from '../../support/bump-like.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type GiteaStandIn, startGiteaStandIn } from '../../support/gitea-stand-in.ts';

interface Cost {
  readonly requests: readonly string[];
  readonly bytesIn: number;
  readonly bytesOut: number;
}

describe('the cost of a bump over the Gitea API', () => {
  const open: GiteaStandIn[] = [];
  afterEach(async () => {
    for (const gitea of open.splice(0)) await gitea.close();
  });

  const costWith = async (tools: number): Promise<Cost> => {
    const names = Array.from({ length: tools }, (_, index) => `tool-${String(index).padStart(5, '0')}`);
    const gitea = await startGiteaStandIn({ files: bumpableFiles(names) });
    open.push(gitea);
    const clock = fakeClock();
    const repo = giteaConfigRepo({
      address: parseGiteaUrl(gitea.repoUrl),
      branch: 'main',
      token: gitea.tokens.bot,
      clock,
    });
    const identity = { name: 'deploy bot', email: 'bot@example.org' };
    const { made, attempts } = await land(repo, bumpLike('tool-00050', 'v1'), { clock, identity });
    expect({ made, attempts }).toEqual({ made: true, attempts: 1 });
    const { requests } = gitea.faults;
    const sum = (key: 'bytesIn' | 'bytesOut') => requests.reduce((total, request) => total + request[key], 0);
    return {
      requests: requests
        .map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{40}/g, 'ID')}`)
        .sort(),
      bytesIn: sum('bytesIn'),
      bytesOut: sum('bytesOut'),
    };
  };

  test('is eight requests, the same with 100 tools and with 10,000', async () => {
    const few = await costWith(100);
    const many = await costWith(10_000);
    const repo = '/api/v1/repos/toolforge/config';
    const contents = (path: string) => `GET ${repo}/contents/${path}?ref=ID`;
    expect(few.requests).toEqual(
      [
        `GET ${repo}/branches/main`,
        contents('tools-config/platform.yaml'),
        contents('tools-config/tool-00050/toolforge.yaml'),
        contents('tools-config/tool-00050/tenant.yaml'),
        contents('tools-config/tool-00050/images.yaml'),
        contents('manifests-out/tools/tool-00050/web.yaml'),
        `GET ${repo}/git/trees/ID%3Amanifests-out%2Ftools%2Ftool-00050?page=1&per_page=1000`,
        `POST ${repo}/contents`,
      ].sort(),
    );
    expect(many.requests).toEqual(few.requests);
    expect(many.bytesIn).toBe(few.bytesIn);
    // Links in the answers hold the server's port.
    expect(Math.abs(many.bytesOut - few.bytesOut)).toBeLessThan(100);
  });
});
