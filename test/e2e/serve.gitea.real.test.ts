import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deployOnce } from '../support/deploy-once.ts';
import { fleetFiles, PLATFORM, REGISTRY } from '../support/fleet-files.ts';
import { type GitSandbox, gitSandbox } from '../support/git-sandbox.ts';
import type { GiteaPlace } from '../support/gitea/place.ts';
import { realBranch } from '../support/real-gitea.ts';
import { type RegistryStandIn, registryStandIn } from '../support/registry-stand-in.ts';
import { type ServiceProcess, serviceProcess } from '../support/service-process.ts';

const TOOLS = Array.from({ length: 80 }, (_, index) => `tool-${index}`);

let sandbox: GitSandbox;
let registry: RegistryStandIn;
let place: GiteaPlace;
const running: ServiceProcess[] = [];

beforeAll(async () => {
  sandbox = gitSandbox();
  registry = await registryStandIn();
  const platform = `${PLATFORM.replace(REGISTRY, `'${registry.host}'`)}  insecure: true\n`;
  place = await realBranch(await fleetFiles(TOOLS, { 'tools-config/platform.yaml': platform }));
});
afterEach(async () => {
  for (const service of running.splice(0)) {
    service.kill('SIGKILL');
    await service.ended();
  }
});
afterAll(async () => {
  await place.close();
  await registry.close();
  sandbox.close();
});

async function start(): Promise<ServiceProcess> {
  const env = { ...sandbox.env, TFG_GITEA_TOKEN: place.token };
  const service = await serviceProcess({ repo: place.repoUrl, branch: place.branch, env });
  running.push(service);
  return service;
}

/** Answers the status, or nothing when the connection broke. */
async function deploy(url: string, tool: string, salt: string): Promise<number | undefined> {
  return (await deployOnce(url, tool, { registry, salt })).status;
}

/** A fresh copy of the branch: how many commits it has, and the tools whose build with this salt it holds, rendered. */
function branchNow(salt: string): { readonly commits: number; readonly deployed: ReadonlySet<string> } {
  const { git, root } = sandbox;
  const copy = `${root}/copy.git`;
  const address = place.cloneUrl.replace('://', `://bot:${place.token}@`);
  git(['init', '--quiet', '--bare', copy]);
  git(['-C', copy, 'fetch', '--quiet', '--force', address, `${place.branch}:seen`]);
  git(['-C', copy, 'fsck', '--strict']);
  // Fails without a match: before the first build only namespaces are there.
  const grep = ['grep', '-h', '-e', 'image: ', '-e', 'kind: Namespace', 'seen', '--', 'manifests-out'];
  const text = git(['-C', copy, ...grep]);
  const holds = (tool: string) => text.includes(registry.push(`tool-${tool}/web`, 'latest', salt));
  return {
    commits: Number(git(['-C', copy, 'rev-list', '--count', 'seen'])),
    deployed: new Set(TOOLS.filter(holds)),
  };
}

describe('serve on a real Gitea', () => {
  test('two replicas: a burst lands whole, in few commits', async () => {
    const services = await Promise.all([start(), start()]);
    const before = branchNow('burst').commits;
    const answers = TOOLS.map((tool, index) => deploy(services[index % 2]?.url ?? '', tool, 'burst'));
    expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
    const { commits, deployed } = branchNow('burst');
    expect(deployed.size).toBe(TOOLS.length);
    expect(commits - before).toBeLessThanOrEqual(25);
  });

  test('kill -9 amid the load: every 200 is in the repo, and all else may be sent again', async () => {
    const first = await start();
    const answers = TOOLS.map((tool) => deploy(first.url, tool, 'kill'));
    await Promise.race(answers);
    first.kill('SIGKILL');
    const statuses = await Promise.all(answers);
    const answered = TOOLS.filter((_, index) => statuses[index] === 200);
    const { deployed } = branchNow('kill');
    expect(answered.filter((tool) => !deployed.has(tool))).toEqual([]);
    expect(answered.length).toBeGreaterThan(0);
    expect(answered.length).toBeLessThan(TOOLS.length);
    const second = await start();
    const again = TOOLS.filter((_, index) => statuses[index] !== 200);
    const retried = await Promise.all(again.map((tool) => deploy(second.url, tool, 'kill')));
    expect(new Set(retried)).toEqual(new Set([200]));
    expect(branchNow('kill').deployed.size).toBe(TOOLS.length);
  });
});
