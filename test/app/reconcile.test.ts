import { describe, expect, test } from 'vitest';
import { land } from '../../src/app/land.ts';
import { reconcileFleet } from '../../src/app/reconcile.ts';
import { GitopsError } from '../../src/errors.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type FleetFiles, fleetFiles, PLATFORM, REGISTRY, rendered, specOf } from '../support/fleet-files.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';
import { IDENTITY, serviceRig } from '../support/service-rig.ts';

const SOURCE = 'https://git.example.org/tools/pulled/raw/branch/main/toolforge.yaml';
const TOOLS = Array.from({ length: 120 }, (_, index) => `tool-${index}`);
const files = await fleetFiles(['hello', 'other']);

function rig(seed: FleetFiles = files) {
  const repo = memoryConfigRepo(seed);
  const clock = steadyClock();
  return { repo, clock, ...serviceRig(repo, { clock }) };
}

/** Others get their turn while it sleeps. */
function steadyClock() {
  const clock = fakeClock();
  const sleep = async (milliseconds: number) => {
    await clock.sleep(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...clock, sleep };
}

async function edit(
  repo: MemoryConfigRepo,
  texts: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const change = {
    files: Object.entries(texts).map(([path, text]) => ({ path, text })),
    message: { subject: 'an edit by hand', trailers: [] },
  };
  await land(repo, async () => change, { clock: fakeClock(), identity: IDENTITY });
}

describe('reconcileFleet', () => {
  test('finds nothing to do in a fleet that is rendered, and looks at all of it', async () => {
    const { repo, service } = rig(await fleetFiles(TOOLS));
    const report = await reconcileFleet(service);
    expect(report).toMatchObject({ complete: true, tools: TOOLS.length, found: 0, failed: 0 });
    expect(repo.changes).toEqual([]);
  });

  test('renders what an edit changed whose webhook was lost, in few commits', async () => {
    const { repo, service } = rig(await fleetFiles(TOOLS));
    await edit(repo, {
      'tools-config/platform.yaml': `${files['tools-config/platform.yaml']}argocd:\n  url: https://argocd.example.org\n`,
    });
    const report = await reconcileFleet(service);
    expect(report.failed).toBe(0);
    const wanted = await rendered(
      Object.fromEntries(Object.entries(repo.files()).filter(([path]) => path.startsWith('tools-config/'))),
    );
    expect(repo.files()).toEqual(wanted);
    expect(repo.changes.length).toBeLessThan(40);
    expect((await reconcileFleet(service)).found).toBe(0);
  });

  test('puts root.yaml right', async () => {
    const { repo, service } = rig();
    const text = files['manifests-out/root.yaml'] as string;
    await edit(repo, { 'manifests-out/root.yaml': text.replace('argocd', 'argo-cd') });
    expect(await reconcileFleet(service)).toMatchObject({ found: 1, failed: 0 });
    expect(repo.files()['manifests-out/root.yaml']).toBe(text);
  });

  test('deploys a build that nobody told of, also the first one', async () => {
    const { repo, service, registry } = rig();
    const first = registry.push('tool-hello/web', 'latest', '1');
    await reconcileFleet(service);
    expect(repo.files()['tools-config/hello/images.yaml']).toContain(
      `${REGISTRY}/tool-hello/web:latest@${first}`,
    );
    const second = registry.push('tool-hello/web', 'latest', '2');
    registry.push('tool-hello/web', 'dev', '3');
    await reconcileFleet(service);
    expect(repo.files()['manifests-out/tools/hello/web.yaml']).toContain(second);
    expect(repo.changes).toHaveLength(2);
    await reconcileFleet(service);
    expect(repo.changes).toHaveLength(2);
  });

  test('a tag that went back to a build of before is nothing new', async () => {
    const { repo, service, registry } = rig();
    for (const salt of ['1', '2', '1']) {
      registry.push('tool-hello/web', 'latest', salt);
      await reconcileFleet(service);
    }
    expect(repo.changes).toHaveLength(2);
  });

  test('deploys many builds that nobody told of in few commits', async () => {
    const { repo, service, registry } = rig(await fleetFiles(TOOLS));
    for (const tool of TOOLS) registry.push(`tool-${tool}/web`, 'latest', tool);
    expect(await reconcileFleet(service)).toMatchObject({ found: TOOLS.length, failed: 0 });
    expect(repo.changes.length).toBeLessThan(10);
  });

  test('leaves a build to those who made it, who know more of it, for a while', async () => {
    const { repo, service, registry, post } = rig();
    const digest = registry.push('tool-hello/web', 'latest', '1');
    const looks = registry.lookups.length;
    const reconcile = reconcileFleet(service);
    while (registry.lookups.length === looks) await new Promise((resolve) => setImmediate(resolve));
    const source = { repository: 'https://git.example.org/tools/hello', commit: '4f2c1ab' };
    await post('/v1/tools/hello/deploy', { components: { web: { image: digest } }, source });
    await reconcile;
    expect(repo.files()['tools-config/hello/images.yaml']).toContain('4f2c1ab');
    expect(repo.changes).toHaveLength(1);
  });

  test('records the digest of a prebuilt image whose tag nobody has resolved, once', async () => {
    const image = 'ghcr.io/hello/ready:v1';
    const spec = `components:\n  web:\n    build:\n      image: ${image}\n    run:\n      command: web\n`;
    const { repo, service, registry } = rig(
      await fleetFiles(['hello'], {
        'tools-config/hello/toolforge.yaml': spec,
        'tools-config/platform.yaml': `${PLATFORM}image_hosts: [ghcr.io]\n`,
      }),
    );
    const digest = registry.push('hello/ready', 'v1', '1');
    expect(await reconcileFleet(service)).toMatchObject({ found: 1, failed: 0 });
    expect(repo.files()['manifests-out/tools/hello/web.yaml']).toContain(`image: ${image}@${digest}`);
    registry.push('hello/ready', 'v1', '2');
    expect(await reconcileFleet(service)).toMatchObject({ found: 0, failed: 0 });
    expect(repo.changes).toHaveLength(1);
  });

  test('lifts a hold once it has ended, and deploys what waited', async () => {
    const { repo, service, registry, clock, post } = rig();
    const [first, second] = ['1', '2'].map((salt) => registry.push('tool-hello/web', 'latest', salt));
    const deploy = (digest: string | undefined) =>
      post('/v1/tools/hello/deploy', { components: { web: { image: digest } } });
    await deploy(first);
    const until = new Date(clock.now() + 60_000).toISOString();
    await post('/v1/tools/hello/hold', { component: 'web', until });
    await deploy(second);
    const held = repo.changes.length;
    await reconcileFleet(service);
    expect(repo.changes.length).toBe(held);
    await clock.sleep(61_000);
    await reconcileFleet(service);
    expect(repo.changes.length).toBe(held + 1);
    const images = repo.files()['tools-config/hello/images.yaml'] as string;
    expect(images).not.toContain('hold:');
    expect(repo.files()['manifests-out/tools/hello/web.yaml']).toContain(second);
  });

  test('fetches a spec that changed where it is kept', async () => {
    const { repo, service, specs } = rig(
      await fleetFiles(['pulled'], {
        'tools-config/pulled/toolforge.yaml': `source_url: ${SOURCE}\n`,
        'tools-config/pulled/fetched.yaml': specOf('pulled'),
      }),
    );
    specs.set(SOURCE, specOf('pulled'));
    await reconcileFleet(service);
    expect(repo.changes).toEqual([]);
    specs.set(SOURCE, specOf('pulled').replace('8000', '9000'));
    await reconcileFleet(service);
    expect(repo.files()['tools-config/pulled/fetched.yaml']).toContain('9000');
  });

  test('one tool’s trouble is not the others’', async () => {
    const { repo, service, registry } = rig();
    await edit(repo, { 'tools-config/hello/toolforge.yaml': 'components: [' });
    const digest = registry.push('tool-other/web', 'latest', '1');
    const report = await reconcileFleet(service);
    expect(report).toMatchObject({ complete: true, found: 1, failed: 1 });
    expect(repo.files()['manifests-out/tools/other/web.yaml']).toContain(digest);
  });

  test('a registry that is away keeps nothing else from being done', async () => {
    const { repo, service, registry } = rig();
    registry.fail(new GitopsError('registry-failed', 'away'));
    await edit(repo, {
      'tools-config/hello/toolforge.yaml': specOf('hello').replace('publish: /', 'replicas: 2'),
    });
    const report = await reconcileFleet(service);
    expect(report).toMatchObject({ complete: true, found: 1, failed: 2 });
  });

  describe('a tool whose folder is gone', () => {
    const gone = {
      'tools-config/other/toolforge.yaml': undefined,
      'tools-config/other/tokens.yaml': undefined,
    };

    test('keeps its output unless it was retired', async () => {
      const { repo, service } = rig();
      await edit(repo, gone);
      expect(await reconcileFleet(service)).toMatchObject({ found: 0, failed: 1 });
      expect(Object.keys(repo.files()).filter((path) => path.includes('other'))).not.toEqual([]);
    });

    test('loses it when it was', async () => {
      const { repo, service } = rig();
      await edit(repo, { 'tools-config/other/tenant.yaml': 'retired: true\n' });
      await reconcileFleet(service);
      await edit(repo, { ...gone, 'tools-config/other/tenant.yaml': undefined });
      expect(await reconcileFleet(service)).toMatchObject({ found: 1, failed: 0 });
      expect(Object.keys(repo.files()).filter((path) => path.includes('other'))).toEqual([]);
    });
  });

  test('files that are not ours stay', async () => {
    const { repo, service } = rig();
    const stray = 'manifests-out/tools/hello/by-hand.yaml';
    await edit(repo, { [stray]: 'kind: ConfigMap\n' });
    await reconcileFleet(service);
    expect(repo.files()[stray]).toBe('kind: ConfigMap\n');
  });

  test('stops in between when the service stops, and says so', async () => {
    const { service } = rig(await fleetFiles(TOOLS));
    let looks = 0;
    const report = await reconcileFleet(service, () => {
      looks += 1;
      return looks > 1;
    });
    expect(report).toMatchObject({ complete: false, tools: 100 });
  });
});

describe('the loop', () => {
  test('looks at the fleet now and then until the service stops, and its age is a metric', async () => {
    const { repo, service, registry, metrics } = rig();
    registry.push('tool-hello/web', 'latest', '1');
    service.start();
    while (repo.changes.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await service.stop();
    expect(await metrics()).toMatch(/^tfg_reconcile_age_seconds \d/m);
    await expect(
      service.queue.submit('hello', { run: async () => undefined, result: () => 1 }),
    ).rejects.toThrow();
  });
});
