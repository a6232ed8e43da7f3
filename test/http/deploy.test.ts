import { describe, expect, test } from 'vitest';
import { GitopsError } from '../../src/errors.ts';
import { digestOf } from '../support/fake-registry.ts';
import { fleetFiles, REGISTRY, tokenOf, tokensFileOf } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { bodyOf, serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello', 'other']);
const DEPLOY = '/v1/tools/hello/deploy';
const image = (digest: string, tool = 'hello') => `${REGISTRY}/tool-${tool}/web:latest@${digest}`;

function rig(more: Readonly<Record<string, string>> = {}) {
  const repo = memoryConfigRepo({ ...files, ...more });
  return { repo, ...serviceRig(repo) };
}

describe('POST /v1/tools/{tool}/deploy', () => {
  test('lands the build before it answers, and says which commit holds it', async () => {
    const { repo, post, registry } = rig();
    const digest = registry.push('tool-hello/web', 'latest', '1');
    const response = await post(DEPLOY, {
      components: { web: { image: image(digest) } },
      source: { repository: 'https://git.example.org/tools/hello', ref: 'main', commit: '4f2c1ab' },
      built_at: '2026-11-24T11:00:00+02:00',
      build_url: 'https://ci.example.org/7',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      outcome: 'deployed',
      commit: (await repo.head()).commit,
      tool: 'hello',
      components: { web: { outcome: 'deployed', image: image(digest) } },
    });
    const written = repo.files()['tools-config/hello/images.yaml'];
    expect(written).toContain(image(digest));
    expect(written).toContain("built_at: '2026-11-24T09:00:00Z'");
    expect(repo.files()['manifests-out/tools/hello/web.yaml']).toContain(digest);
    expect(repo.changes[0]?.message.subject).toBe('hello: deploy web 4f2c1ab');
  });

  test.each([
    ['a tag alone', (digest: string) => [`${REGISTRY}/tool-hello/web:latest`, image(digest)]],
    ['a digest alone', (digest: string) => [digest, `${REGISTRY}/tool-hello/web@${digest}`]],
  ])('takes %s and renders the digest', async (_, texts) => {
    const { post, registry } = rig();
    const [given, wanted] = texts(registry.push('tool-hello/web', 'latest', '1'));
    const response = await post(DEPLOY, { components: { web: { image: given } } });
    expect(await bodyOf(response)).toMatchObject({
      components: { web: { outcome: 'deployed', image: wanted } },
    });
  });

  test('the same build again makes no commit; an older one is stale', async () => {
    const { repo, post, registry } = rig();
    const build = (salt: string, built_at: string) => ({
      components: { web: { image: image(registry.push('tool-hello/web', 'latest', salt)) } },
      built_at,
    });
    const newer = build('2', '2026-11-24T09:00:00Z');
    await post(DEPLOY, newer);
    const outcomes = [];
    for (const body of [newer, build('1', '2026-11-24T08:00:00Z')]) {
      const answer = await bodyOf(await post(DEPLOY, body));
      outcomes.push([answer.outcome, answer.commit]);
    }
    expect(outcomes).toEqual([
      ['unchanged', null],
      ['stale', null],
    ]);
    expect(repo.changes).toHaveLength(1);
  });

  const gone = digestOf('gone');
  test.each<[string, number, string, unknown, Record<string, string>]>([
    ['no token', 401, 'unauthorized', {}, { authorization: '' }],
    ['a word for a token', 401, 'unauthorized', {}, { authorization: 'Bearer x' }],
    ['another scheme', 401, 'unauthorized', {}, { authorization: `Basic ${tokenOf('hello').token}` }],
    ['another tool’s token', 401, 'unauthorized', {}, { authorization: `Bearer ${tokenOf('other').token}` }],
    ['a token of nobody', 401, 'unauthorized', {}, { authorization: `Bearer ${tokenOf('x').token}` }],
    ['broken JSON', 400, 'usage', '{"components":', {}],
    ['bytes that are no text', 400, 'usage', '"\ud800"', {}],
    ['JSON that is no object', 400, 'usage', '[]', {}],
    ['nothing', 400, 'usage', '', {}],
    ['no component', 400, 'usage', { components: {} }, {}],
    ['a key that nobody knows', 400, 'usage', { components: { web: { image: gone } }, iamge: 'x' }, {}],
    ['a prototype as a component', 400, 'usage', '{"components":{"__proto__":{"image":"x"}}}', {}],
    ['a path as a component', 400, 'usage', { components: { '../x': { image: gone } } }, {}],
    ['no image', 400, 'usage', { components: { web: { image: 'not an image' } } }, {}],
    [
      'a password in an address',
      400,
      'usage',
      { components: { web: { image: gone } }, build_url: 'https://u:p@x' },
      {},
    ],
    [
      'a line end in a ref',
      400,
      'usage',
      { components: { web: { image: gone } }, source: { ref: 'a\nTool: b' } },
      {},
    ],
    ['another format', 415, 'unsupported-media-type', {}, { 'content-type': 'text/plain' }],
    ['a component that is not there', 404, 'not-found', { components: { wbe: { image: gone } } }, {}],
    [
      'another tool’s image',
      422,
      'image-rejected',
      { components: { web: { image: image(gone, 'other') } } },
      {},
    ],
    ['another registry', 422, 'image-rejected', { components: { web: { image: `evil.org/x@${gone}` } } }, {}],
    ['a digest that is not there', 422, 'image-gone', { components: { web: { image: gone } } }, {}],
    [
      'a tag that is not there',
      422,
      'image-gone',
      { components: { web: { image: `${REGISTRY}/tool-hello/web:x` } } },
      {},
    ],
  ])('%s: %i %s, nothing committed', async (_, status, code, body, headers) => {
    const { repo, post } = rig();
    const response = await post(DEPLOY, body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await response.json();
    expect(problem).toMatchObject({ status, code, request_id: response.headers.get('x-request-id') });
    expect(repo.changes).toEqual([]);
  });

  test('a revoked token, an expired one and a tool that does not exist are told apart by nobody', async () => {
    const expired = tokensFileOf('hello', '2026-01-02T00:00:00Z');
    const cases = [
      rig({ 'tools-config/hello/tokens.yaml': 'tokens: []\n' }).post(DEPLOY, {}),
      rig({ 'tools-config/hello/tokens.yaml': expired }).post(DEPLOY, {}),
      rig({ 'tools-config/hello/tokens.yaml': 'not: [closed' }).post(DEPLOY, {}),
      rig().post('/v1/tools/other/deploy', {}, { authorization: `Bearer ${tokenOf('hello').token}` }),
      rig().post('/v1/tools/nowhere/deploy', {}),
      rig().post(
        '/v1/tools/%2e%2e%2fhello/deploy',
        {},
        { authorization: `Bearer ${tokenOf('hello').token}` },
      ),
      rig().post('/v1/tools/UPPER/deploy', {}),
    ];
    const answers = await Promise.all(
      cases.map(async (answer) => {
        const response = await answer;
        const { request_id: _, ...problem } = await bodyOf(response);
        const { 'x-request-id': __, ...headers } = Object.fromEntries(response.headers);
        return JSON.stringify([response.status, headers, problem]);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^\[401,/);
  });

  test('a tool with a token and one without ask the config repo for as much', async () => {
    const asked = async (tool: string) => {
      const repo = memoryConfigRepo(files);
      const reads: number[] = [];
      const head = async () => {
        const snapshot = await repo.head();
        const read = (paths: readonly string[]) => {
          reads.push(paths.length);
          return snapshot.read(paths);
        };
        return { ...snapshot, read };
      };
      const { post } = serviceRig({ ...repo, head });
      await post(`/v1/tools/${tool}/deploy`, {}, { authorization: `Bearer ${tokenOf('x').token}` });
      return reads;
    };
    expect(await asked('nowhere')).toEqual(await asked('hello'));
  });

  test('a registry that fails is told as such and may be asked again', async () => {
    const { repo, post, registry } = rig();
    registry.fail(new GitopsError('registry-failed', 'the registry is away'));
    const response = await post(DEPLOY, { components: { web: { image: digestOf('x') } } });
    expect([response.status, response.headers.get('retry-after')]).toEqual([502, '5']);
    expect(repo.changes).toEqual([]);
  });

  test('no answer and no log line holds a token or a value that was sent', async () => {
    const { post, get, logged, metrics } = rig();
    const secret = 'hunter2-hunter2';
    const { token } = tokenOf('hello');
    const bodies: unknown[] = [
      { components: { web: { image: digestOf('x') } }, build_url: `https://u:${secret}@x.org` },
      `{"a": "${secret}`,
      { components: { web: { image: digestOf('x') } }, source: { commit: secret } },
      { components: { web: { image: digestOf('x') } }, built_at: secret, secret },
    ];
    const answers = await Promise.all(bodies.map(async (body) => (await post(DEPLOY, body)).text()));
    answers.push(await (await get(`/v1/tools/hello/deployments?limit=${secret}`)).text());
    const seen = [...answers, JSON.stringify(logged), await metrics()].join('\n');
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(token);
  });

  test('when a token was last used is a metric, and no commit', async () => {
    const { post, metrics, repo } = rig();
    await post(DEPLOY, {});
    expect(await metrics()).toContain(
      `tfg_token_last_used_timestamp_seconds{tool="hello",token="${tokenOf('hello').id}"}`,
    );
    expect(repo.changes).toEqual([]);
  });

  test('too many at once: 503 with Retry-After, and what was accepted lands', async () => {
    const { repo, registry } = rig();
    const { post, batches } = serviceRig(repo, { maxWaiting: 3, registry });
    const salts = Array.from({ length: 20 }, (_, index) => `${index}`);
    const responses = await Promise.all(
      salts.map((salt) =>
        post(DEPLOY, {
          components: { web: { image: image(registry.push('tool-hello/web', 'latest', salt)) } },
        }),
      ),
    );
    const statuses = responses.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const refused = responses.find(({ status }) => status === 503);
    expect([refused?.headers.get('retry-after'), (await bodyOf(refused)).code]).toEqual(['5', 'overloaded']);
    const landed = batches.reduce((sum, { edits }) => sum + edits, 0);
    expect(landed).toBe(statuses.filter((status) => status === 200).length);
  });

  test('500 deploys of 500 tools at once: all land, in at most 25 commits', async () => {
    const tools = Array.from({ length: 500 }, (_, index) => `tool-${index}`);
    const repo = memoryConfigRepo(await fleetFiles(tools));
    const { post, registry } = serviceRig(repo);
    const responses = await Promise.all(
      tools.map((tool) =>
        post(`/v1/tools/${tool}/deploy`, {
          components: { web: { image: registry.push(`tool-${tool}/web`, 'latest', '1') } },
        }),
      ),
    );
    expect(responses.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    expect(repo.changes.length).toBeLessThanOrEqual(25);
    const all = repo.files();
    for (const tool of tools) expect(all[`manifests-out/tools/${tool}/web.yaml`]).toContain('@sha256:');
  });
});
