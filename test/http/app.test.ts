import { describe, expect, test } from 'vitest';
import { GitopsError } from '../../src/errors.ts';
import { PROBLEMS } from '../../src/http/problem.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { fleetFiles, specOf } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { bodyOf, serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello']);
const away = () => Promise.reject(new GitopsError('remote-failed', 'the config repo is away'));

describe('what every answer has', () => {
  test.each([
    ['GET', '/', 404, 'not-found'],
    ['GET', '/v1/tools/hello', 404, 'not-found'],
    ['GET', '/v1/tools/hello/deploy', 405, 'method-not-allowed'],
    ['DELETE', '/v1/tools/hello/deploy', 405, 'method-not-allowed'],
    ['BREW', '/healthz', 405, 'method-not-allowed'],
    ['POST', '/metrics', 405, 'method-not-allowed'],
  ])('%s %s: %i %s', async (method, path, status, code) => {
    const { app } = serviceRig(memoryConfigRepo(files));
    const response = await app.fetch(new Request(`http://service.test${path}`, { method }));
    expect([response.status, (await bodyOf(response)).code]).toEqual([status, code]);
    expect(response.headers.get('allow') !== null).toBe(status === 405);
  });

  test.each([
    ['the caller’s request id', 'build-7.a', true],
    ['a new one for what would spoil the log', 'a\tb', false],
    ['a new one for a long one', 'x'.repeat(65), false],
  ])('%s', async (_, given, isKept) => {
    const { get, logged } = serviceRig(memoryConfigRepo(files));
    const response = await get('/v1/none', { 'x-request-id': given });
    const id = response.headers.get('x-request-id');
    expect(id === given).toBe(isKept);
    expect(id).toMatch(/^[\w.-]{1,64}$/);
    expect(logged.at(-1)?.fields.request).toBe(id);
  });

  test('a bug is a 500 whose words stay in the log', async () => {
    const repo = memoryConfigRepo(files);
    const { get, logged } = serviceRig({
      ...repo,
      head: () => Promise.reject(new TypeError('secret insides')),
    });
    const response = await get('/readyz');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('insides');
    expect(logged.find(({ event }) => event === 'bug')?.fields.error).toBeInstanceOf(TypeError);
  });

  test('every code has a status that says whether to send it again', () => {
    const statuses = Object.values(PROBLEMS).map(({ status }) => status);
    expect(statuses.every((status) => status >= 400 && status <= 504)).toBe(true);
    expect(Object.values(PROBLEMS).filter(({ status }) => status === 500)).toHaveLength(1);
  });
});

describe('probes', () => {
  test('healthz lives while the config repo is away, readyz does not', async () => {
    const { get } = serviceRig({ ...memoryConfigRepo(files), head: away });
    expect([(await get('/healthz')).status, (await get('/readyz')).status]).toEqual([200, 503]);
  });

  test('readyz is fine where the config repo can be read', async () => {
    expect((await serviceRig(memoryConfigRepo(files)).get('/readyz')).status).toBe(200);
  });

  test('metrics tell of requests by route, never by address', async () => {
    const { get, metrics, app } = serviceRig(memoryConfigRepo(files));
    await get('/v1/tools/some-tool/deployments');
    await get('/some/secret/path');
    await app.fetch(new Request('http://service.test/healthz', { method: 'BREW' }));
    const text = await metrics();
    expect(text).toContain(
      'tfg_http_requests_total{method="GET",route="/v1/tools/{tool}/deployments",status="401"} 1',
    );
    expect(text).toContain('tfg_http_requests_total{method="other",route="none",status="405"} 1');
    expect(text).not.toMatch(/some-tool|secret/);
    expect((await get('/metrics')).headers.get('content-type')).toContain('text/plain');
  });
});

describe('POST /v1/validate', () => {
  const yaml = { 'content-type': 'application/yaml' };

  test('a fine spec has no diagnostics', async () => {
    const { post } = serviceRig(memoryConfigRepo(files));
    const response = await post('/v1/validate', specOf('hello'), yaml);
    expect([response.status, await bodyOf(response)]).toEqual([
      200,
      { diagnostics: [], tools: 1, errors: 0, warnings: 0 },
    ]);
  });

  test('every mistake comes with its place, and no value of a variable', async () => {
    const { post } = serviceRig(memoryConfigRepo(files));
    const spec = specOf('hello').replace('port: 8000', 'port: 99999\n      env: {"bad name": hunter2}');
    const answer = await bodyOf(await post('/v1/validate', spec, yaml));
    expect(answer).toMatchObject({ tools: 1, warnings: 0 });
    expect(answer.errors).toBeGreaterThanOrEqual(2);
    expect(answer.diagnostics).toContainEqual(
      expect.objectContaining({
        file: 'toolforge.yaml',
        line: 9,
        severity: 'error',
        path: 'components.web.run.port',
      }),
    );
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no YAML', 'a: [b'],
    ['an alias bomb', `a: &a [x,x]\n${'b: &b [*a,*a,*a,*a]\n'.repeat(9)}`],
    ['a prototype', '__proto__: {components: 1}'],
    ['controls', '\u0000\u0007'],
    ['255 KiB of brackets', '['.repeat(255 * 1024)],
  ])('%s: an answer, no failure', async (_, text) => {
    const { post } = serviceRig(memoryConfigRepo(files));
    const response = await post('/v1/validate', text, yaml);
    expect(response.status).toBe(200);
    expect((await bodyOf(response)).errors).toBeGreaterThan(0);
  });

  test.each<[string, number, string | Uint8Array, Record<string, string>]>([
    ['more than 256 KiB', 413, 'x'.repeat(256 * 1024 + 1), yaml],
    ['bytes that are no UTF-8', 400, new Uint8Array([0x61, 0xff, 0xfe]), yaml],
    ['JSON', 415, '{}', { 'content-type': 'application/json' }],
    ['a form', 415, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s: %i', async (_, status, body, headers) => {
    const { app } = serviceRig(memoryConfigRepo(files));
    const init = { method: 'POST', body, headers } as RequestInit;
    expect((await app.fetch(new Request('http://service.test/v1/validate', init))).status).toBe(status);
  });

  test('is limited in rate, and asks the config repo now and then only', async () => {
    const repo = memoryConfigRepo(files);
    let heads = 0;
    const head = () => {
      heads += 1;
      return repo.head();
    };
    const clock = fakeClock();
    const { post } = serviceRig({ ...repo, head }, { clock });
    const statuses = async () =>
      Promise.all(
        Array.from({ length: 60 }, async () => (await post('/v1/validate', specOf('hello'), yaml)).status),
      );
    expect((await statuses()).filter((status) => status === 429)).toHaveLength(20);
    await clock.sleep(1_000);
    expect((await statuses()).filter((status) => status === 200)).toHaveLength(20);
    expect(heads).toBe(1);
  });

  test('works by the defaults where the config repo is away', async () => {
    const { post } = serviceRig({ ...memoryConfigRepo(files), head: away });
    expect((await post('/v1/validate', specOf('hello'), yaml)).status).toBe(200);
  });
});
