import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { land } from '../../src/app/land.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fleetFiles, REGISTRY, specOf, tokensFileOf } from '../support/fleet-files.ts';
import { type MemoryConfigRepo, memoryConfigRepo } from '../support/memory-config-repo.ts';
import {
  bodyOf,
  GITEA_SECRET,
  HARBOR_SECRET,
  IDENTITY,
  type ServiceRig,
  serviceRig,
} from '../support/service-rig.ts';

const SOURCE = 'https://git.example.org/tools/pulled/raw/branch/main/toolforge.yaml';
const files = await fleetFiles(['hello', 'pulled'], {
  'tools-config/pulled/toolforge.yaml': `source_url: ${SOURCE}\n`,
  'tools-config/pulled/fetched.yaml': specOf('pulled'),
  'tools-config/pulled/tokens.yaml': tokensFileOf('pulled'),
});

function rig(): ServiceRig & { repo: MemoryConfigRepo } {
  const repo = memoryConfigRepo(files);
  return { repo, ...serviceRig(repo) };
}

const sign = (body: string, secret = GITEA_SECRET) => createHmac('sha256', secret).update(body).digest('hex');

function push(address: string, more: object = {}): string {
  return JSON.stringify({
    ref: 'refs/heads/main',
    total_commits: 1,
    commits: [{ added: [], removed: [], modified: [] }],
    head_commit: { message: 'edit\n' },
    repository: { html_url: address, clone_url: `${address}.git`, ssh_url: 'git@git.example.org:x/y.git' },
    ...more,
  });
}

function sendPush(
  { post }: ServiceRig,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const signature = { 'x-gitea-event': 'push', 'x-gitea-signature': sign(body) };
  return post('/v1/webhooks/gitea', body, { ...signature, ...headers });
}

describe('POST /v1/webhooks/gitea: a tool’s repository', () => {
  const changed = specOf('pulled').replace('port: 8000', 'port: 9000');

  test('a push pulls the spec, renders it, and commits both', async () => {
    const all = rig();
    all.specs.set(SOURCE, changed);
    const response = await sendPush(all, push('https://git.example.org/tools/Pulled'));
    expect([response.status, (await bodyOf(response)).accepted]).toEqual([202, true]);
    await all.settled();
    expect(all.repo.files()['tools-config/pulled/fetched.yaml']).toBe(changed);
    expect(all.repo.changes).toHaveLength(1);
  });

  test('repeated and reordered deliveries come to the same', async () => {
    const all = rig();
    all.specs.set(SOURCE, changed);
    const bodies = ['one', 'two', 'one'].map((message) =>
      push('https://git.example.org/tools/pulled', { head_commit: { message } }),
    );
    await Promise.all(bodies.map((body) => sendPush(all, body)));
    await all.settled();
    for (const body of bodies) await sendPush(all, body);
    await all.settled();
    expect(all.repo.changes).toHaveLength(1);
  });

  test.each([
    ['another repository', 'https://git.example.org/tools/hello'],
    ['one whose name begins alike', 'https://git.example.org/tools/pull'],
    ['another host', 'https://evil.example.org/tools/pulled'],
  ])('a push to %s fetches nothing', async (_, address) => {
    const all = rig();
    all.specs.set(SOURCE, changed);
    await sendPush(all, push(address));
    await all.settled();
    expect(all.repo.changes).toEqual([]);
  });

  test('a spec in error is not committed, and the failure is counted', async () => {
    const all = rig();
    all.specs.set(SOURCE, 'components: {web: 1}');
    await sendPush(all, push('https://git.example.org/tools/pulled'));
    await all.settled();
    expect(all.repo.changes).toEqual([]);
    expect(await all.metrics()).toContain('tfg_background_failures_total{job="pull"} 1');
  });

  test('a tool that gets a source_url is known after the push to the config repo', async () => {
    const all = rig();
    await sendPush(all, push('https://git.example.org/tools/pulled'));
    await all.settled();
    const source = 'https://git.example.org/tools/hello/raw/branch/main/toolforge.yaml';
    const path = 'tools-config/hello/toolforge.yaml';
    await edit(all.repo, { [path]: `source_url: ${source}\n${specOf('hello')}` });
    all.specs.set(source, specOf('hello').replace('8000', '7000'));
    const commits = [{ added: [], removed: [], modified: [path] }];
    await sendPush(all, push('https://git.example.org/platform/config', { commits }));
    await all.settled();
    await sendPush(all, push('https://git.example.org/tools/hello'));
    await all.settled();
    expect(all.repo.files()['tools-config/hello/fetched.yaml']).toContain('7000');
  });
});

describe('POST /v1/webhooks/gitea: the config repo', () => {
  const CONFIG = 'https://git.example.org/platform/config';
  const path = 'tools-config/hello/toolforge.yaml';
  const edited = specOf('hello').replace('port: 8000', 'port: 9000');
  const commits = [{ added: [], removed: [], modified: [path] }];

  /** A person's commit, and the push that Gitea tells of. */
  async function personEdits(all: ServiceRig & { repo: MemoryConfigRepo }, text: string): Promise<Response> {
    await edit(all.repo, { [path]: text });
    return sendPush(all, push(CONFIG, { commits }));
  }

  test('a person’s edit is rendered and committed; the bot’s commit is not answered with another', async () => {
    const all = rig();
    const built = all.registry.push('tool-hello/web', 'latest', '1');
    await all.post('/v1/tools/hello/deploy', { components: { web: { image: built } } });
    await personEdits(all, edited);
    await all.settled();
    expect(all.repo.files()['manifests-out/tools/hello/web.yaml']).toContain('9000');
    const after = all.repo.changes.length;
    const [own] = await all.repo.log('', 1);
    for (const message of [own?.message, 'taken for a person’s\n']) {
      await sendPush(all, push(CONFIG, { commits, head_commit: { message } }));
      await all.settled();
    }
    expect(all.repo.changes.length).toBe(after);
  });

  test('output that somebody edited is put right', async () => {
    const all = rig();
    const output = 'manifests-out/platform/shard-0/hello.yaml';
    await edit(all.repo, { [output]: `${files[output]}# mine\n` });
    await sendPush(all, push(CONFIG, { commits: [{ added: [], removed: [], modified: [output] }] }));
    await all.settled();
    expect(all.repo.files()[output]).toBe(files[output]);
  });

  test('an edit in error changes no output', async () => {
    const all = rig();
    await personEdits(all, 'components: [');
    await all.settled();
    expect(all.repo.changes).toHaveLength(1);
    expect(await all.metrics()).toContain('tfg_background_failures_total{job="render"} 1');
  });

  test('a push to another branch is nothing to the service', async () => {
    const all = rig();
    await edit(all.repo, { [path]: edited });
    await sendPush(all, push(CONFIG, { commits, ref: 'refs/heads/draft' }));
    await all.settled();
    expect(all.repo.changes).toHaveLength(1);
  });
});

describe('POST /v1/webhooks/gitea: what is refused', () => {
  const body = push('https://git.example.org/tools/pulled');
  test.each<[string, Record<string, string>]>([
    ['no signature', { 'x-gitea-signature': '' }],
    ['another secret', { 'x-gitea-signature': sign(body, 'another secret of some length') }],
    ['the signature of another body', { 'x-gitea-signature': sign(`${body} `) }],
    ['half a signature', { 'x-gitea-signature': sign(body).slice(0, 32) }],
    ['zeros', { 'x-gitea-signature': '0'.repeat(64) }],
  ])('%s: 401, nothing done', async (_, headers) => {
    const all = rig();
    all.specs.set(SOURCE, specOf('pulled').replace('8000', '9000'));
    const response = await sendPush(all, body, headers);
    expect(response.status).toBe(401);
    await all.settled();
    expect(all.repo.changes).toEqual([]);
  });

  test.each<[string, number, string]>([
    ['broken JSON', 400, '{"ref":'],
    ['another shape', 400, '{"repository":5}'],
    ['1 MiB and more', 413, `"${'x'.repeat(1024 * 1024)}"`],
  ])('%s, signed: %i', async (_, status, text) => {
    expect((await sendPush(rig(), text)).status).toBe(status);
  });

  test('an event that is no push is passed over', async () => {
    const response = await sendPush(rig(), body, { 'x-gitea-event': 'issues' });
    expect(await bodyOf(response)).toEqual({ accepted: false, why: 'no push' });
  });
});

describe('POST /v1/webhooks/harbor', () => {
  const event = (digest: string, { repository = 'tool-hello/web', tag = 'latest' } = {}) => ({
    type: 'PUSH_ARTIFACT',
    occur_at: 1_795_000_000,
    operator: 'robot',
    event_data: {
      resources: [{ digest, tag, resource_url: `${REGISTRY}/${repository}:${tag}` }],
      repository: { repo_full_name: repository },
    },
  });
  const send = ({ post }: ServiceRig, body: unknown, authorization = HARBOR_SECRET) =>
    post('/v1/webhooks/harbor', body, { authorization });

  test('a push deploys what the registry has under the platform’s tag', async () => {
    const all = rig();
    const digest = all.registry.push('tool-hello/web', 'latest', '1');
    expect((await send(all, event(digest))).status).toBe(202);
    await all.settled();
    expect(all.repo.files()['manifests-out/tools/hello/web.yaml']).toContain(digest);
  });

  test('repeated, reordered and forged deliveries change nothing more', async () => {
    const all = rig();
    const [first, second] = ['1', '2'].map((salt) => all.registry.push('tool-hello/web', 'latest', salt));
    for (const digest of [second, first, second, first, `sha256:${'f'.repeat(64)}`]) {
      await send(all, event(digest as string));
      await all.settled();
    }
    expect(all.repo.changes).toHaveLength(1);
    expect(all.repo.files()['tools-config/hello/images.yaml']).toContain(second);
  });

  test('a replay of an old push does not undo a rollback', async () => {
    const all = rig();
    const digests = ['1', '2'].map((salt) => all.registry.push('tool-hello/web', 'latest', salt));
    for (const digest of digests) {
      await all.post('/v1/tools/hello/deploy', { components: { web: { image: digest } } });
    }
    await all.post('/v1/tools/hello/rollback', {});
    const before = all.repo.changes.length;
    await send(all, event(digests[1] as string));
    await all.settled();
    expect(all.repo.changes.length).toBe(before);
  });

  test.each<[string, object]>([
    ['another tag', { tag: 'dev' }],
    ['a tool that is not there', { repository: 'tool-nowhere/web' }],
    ['a component that is not there', { repository: 'tool-hello/wbe' }],
    ['another project', { repository: 'library/web' }],
    ['a path', { repository: 'tool-../web' }],
  ])('a push of %s deploys nothing', async (_, what) => {
    const all = rig();
    const digest = all.registry.push('tool-hello/web', 'dev', '1');
    expect((await send(all, event(digest, what))).status).toBe(202);
    await all.settled();
    expect(all.repo.changes).toEqual([]);
  });

  test.each(['', 'harbor-secret-of-the-tests', `${HARBOR_SECRET}x`, 'Bearer'])(
    'another Authorization header (%j): 401',
    async (authorization) => {
      const all = rig();
      const digest = all.registry.push('tool-hello/web', 'latest', '1');
      expect((await send(all, event(digest), authorization)).status).toBe(401);
      await all.settled();
      expect(all.repo.changes).toEqual([]);
    },
  );

  test.each<[number, unknown]>([
    [400, '{'],
    [400, { type: 5 }],
    [202, { type: 'DELETE_ARTIFACT' }],
    [202, { type: 'PUSH_ARTIFACT' }],
  ])('%i for %j', async (status, body) => {
    expect((await send(rig(), body)).status).toBe(status);
  });
});

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
