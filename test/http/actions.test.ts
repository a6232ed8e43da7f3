import { describe, expect, test } from 'vitest';
import { fleetFiles, REGISTRY } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { bodyOf, serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello']);
const image = (digest: string) => `${REGISTRY}/tool-hello/web@${digest}`;

/** `hello` after two builds. */
async function deployedTwice() {
  const repo = memoryConfigRepo(files);
  const rig = serviceRig(repo);
  const [first, second] = ['1', '2'].map((salt) => rig.registry.push('tool-hello/web', 'latest', salt));
  for (const digest of [first, second]) {
    await rig.post('/v1/tools/hello/deploy', { components: { web: { image: digest } } });
  }
  return { ...rig, repo, first: first as string, second: second as string };
}

describe('POST /v1/tools/{tool}/rollback', () => {
  test('goes back, holds, and says what it left', async () => {
    const { post, repo, first, second } = await deployedTwice();
    const answer = await bodyOf(await post('/v1/tools/hello/rollback', { reason: 'it loses edits' }));
    expect(answer).toMatchObject({
      outcome: 'rolled-back',
      commit: (await repo.head()).commit,
      tool: 'hello',
      component: 'web',
      build: { image: image(first) },
      left: { image: image(second) },
    });
    const held = repo.files()['tools-config/hello/images.yaml'];
    expect(held).toContain('by: deploy token');
    expect(held).toContain('reason: it loses edits');
    const third = await bodyOf(
      await post('/v1/tools/hello/deploy', { components: { web: { image: image(second) } } }),
    );
    expect(third.outcome).toBe('held');
  });

  test.each<[string, number, string, unknown]>([
    ['to a digest that was never recorded', 404, 'not-found', { to: 'abcdef0' }],
    ['to a word', 400, 'usage', { to: 'yesterday' }],
    ['of a component without builds', 404, 'not-found', { component: 'wbe' }],
    ['with a key that nobody knows', 400, 'usage', { force: true }],
  ])('%s: %i %s', async (_, status, code, body) => {
    const { post, repo } = await deployedTwice();
    const before = repo.changes.length;
    const response = await post('/v1/tools/hello/rollback', body);
    expect([response.status, (await bodyOf(response)).code]).toEqual([status, code]);
    expect(repo.changes.length).toBe(before);
  });

  test('refuses when the registry no longer has the image', async () => {
    const { post, registry, first } = await deployedTwice();
    registry.remove('tool-hello/web', first);
    const response = await post('/v1/tools/hello/rollback', {});
    expect([response.status, (await bodyOf(response)).code]).toEqual([422, 'image-gone']);
  });
});

describe('hold and unhold', () => {
  test('keep a component and let it go; what waited is deployed', async () => {
    const { post, registry, second } = await deployedTwice();
    const until = '2027-01-01T00:00:00Z';
    const held = await bodyOf(
      await post('/v1/tools/hello/hold', { component: 'web', reason: 'freeze', until }),
    );
    expect(held).toMatchObject({ outcome: 'held', component: 'web', image: image(second) });
    const third = registry.push('tool-hello/web', 'latest', '3');
    const kept = await bodyOf(
      await post('/v1/tools/hello/deploy', { components: { web: { image: third } } }),
    );
    expect(kept).toMatchObject({ outcome: 'held', components: { web: { image: image(second) } } });
    const free = await bodyOf(await post('/v1/tools/hello/unhold', { component: 'web' }));
    expect(free).toMatchObject({ outcome: 'deployed', image: image(third) });
    const again = await bodyOf(await post('/v1/tools/hello/unhold', { component: 'web' }));
    expect(again).toMatchObject({ outcome: 'unchanged', commit: null });
  });

  test.each([
    ['past', '2020-01-01T00:00:00Z'],
    ['no time', 'tomorrow'],
  ])('a hold until a time that is %s: 400', async (_, until) => {
    const { post } = await deployedTwice();
    const response = await post('/v1/tools/hello/hold', { component: 'web', until });
    expect(response.status).toBe(400);
  });
});

describe('GET /v1/tools/{tool}/deployments', () => {
  test('tells the newest first, up to a limit', async () => {
    const { get, first, second } = await deployedTwice();
    const all = await bodyOf(await get('/v1/tools/hello/deployments'));
    expect(all).toMatchObject({
      tool: 'hello',
      deployments: [
        { component: 'web', kind: 'deployed', image: image(second), current: true },
        { component: 'web', kind: 'deployed', image: image(first), current: false },
      ],
    });
    const one = await bodyOf(await get('/v1/tools/hello/deployments?limit=1'));
    expect(one.deployments).toHaveLength(1);
  });

  test.each(['limit=0', 'limit=many', 'limit=201', 'offset=3'])('%s: 400', async (query) => {
    const { get } = await deployedTwice();
    expect((await get(`/v1/tools/hello/deployments?${query}`)).status).toBe(400);
  });

  test('needs the tool’s token', async () => {
    const { get } = await deployedTwice();
    expect((await get('/v1/tools/hello/deployments', { authorization: '' })).status).toBe(401);
  });
});
