import { describe, expect, test } from 'vitest';
import type { ResolvedTool } from '../../src/model/resolved-tool.ts';
import { checkSpec, DIGEST, linesOf, type SpecFiles, specOf } from '../support/check-spec.ts';

function resolved(files: SpecFiles): ResolvedTool {
  const checked = checkSpec(files);
  if (checked.tool === undefined) throw new Error(linesOf(checked).join('\n'));
  return checked.tool;
}

function component(files: SpecFiles, name = 'web') {
  const found = resolved(files).components.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
}

const MI = 2 ** 20;

describe('defaults', () => {
  test('of a component that says nothing', () => {
    expect(component({ spec: specOf({ web: '' }) })).toStrictEqual({
      name: 'web',
      image: undefined,
      buildOf: 'web',
      prebuilt: undefined,
      builder: 'heroku-24',
      command: ['web'],
      env: {},
      cpu: { request: 100, limit: 4000 },
      memory: { request: 512 * MI, limit: 512 * MI },
      emails: 'none',
      mount: 'none',
      filelog: undefined,
      run: { type: 'continuous', replicas: 1, port: undefined, publish: undefined, healthCheck: undefined },
    });
  });

  test.each([
    [
      'cpu: "2", memory: 1Gi',
      { cpu: { request: 2000, limit: 2000 }, memory: { request: 512 * MI, limit: 1024 * MI } },
    ],
    [
      'cpu: 0.5, memory: 512Mi',
      { cpu: { request: 500, limit: 500 }, memory: { request: 512 * MI, limit: 512 * MI } },
    ],
    ['memory: 600Mi', { memory: { request: 300 * MI, limit: 600 * MI } }],
    ['memory: 256Mi', { memory: { request: 256 * MI, limit: 256 * MI } }],
    [
      'emails: onfailure, mount: all, env: {A: yes, B: 0644}',
      { emails: 'onfailure', mount: 'all', env: { A: 'yes', B: '0644' } },
    ],
    [
      'mount: all, filelog: true',
      { filelog: { stdout: '/data/project/hello/web.out', stderr: '/data/project/hello/web.err' } },
    ],
    [
      'mount: all, filelog: true, filelog_stdout: ./logs/x, filelog_stderr: /dev/null',
      { filelog: { stdout: '/data/project/hello/logs/x', stderr: '/dev/null' } },
    ],
    [
      `command: "launcher run 'a b' --c", health_check_script: "launcher ok"`,
      { command: ['run', 'a b', '--c'], run: { healthCheck: { kind: 'script', words: ['ok'] } } },
    ],
    [
      'port: 8000, replicas: 3',
      {
        run: {
          replicas: 3,
          port: { number: 8000, protocol: 'TCP' },
          healthCheck: { kind: 'tcp', port: 8000 },
        },
      },
    ],
    [
      'port: 8000, publish: /, health_check_http: /h',
      { run: { publish: '/', healthCheck: { kind: 'http', path: '/h', port: 8000 } } },
    ],
    [
      'port: 53, port_protocol: udp',
      { run: { port: { number: 53, protocol: 'UDP' }, healthCheck: undefined } },
    ],
    [
      'schedule: "0 0 * * 7", retry: 2, timeout: 60',
      { run: { type: 'scheduled', schedule: '0 0 * * 0', scheduleText: '0 0 * * 7', retry: 2, timeout: 60 } },
    ],
    [
      'schedule: "5 4 * * *", timeout: 0',
      {
        run: {
          type: 'scheduled',
          schedule: '5 4 * * *',
          scheduleText: '5 4 * * *',
          retry: 0,
          timeout: undefined,
        },
      },
    ],
    ['(one-off) on_deploy: true', { run: { type: 'one-off', onDeploy: true, retry: 0, timeout: undefined } }],
    ['(one-off) retry: 1', { run: { type: 'one-off', onDeploy: false, retry: 1, timeout: undefined } }],
  ])('run: {%s}', (run, expected) => {
    expect(component({ spec: specOf({ web: run }) })).toMatchObject(expected);
  });

  test('a macro is spread and its text kept', () => {
    const { run } = component({ spec: specOf({ web: 'schedule: "@daily"' }) });
    expect(run).toMatchObject({ type: 'scheduled', scheduleText: '@daily' });
    expect('schedule' in run && run.schedule).toMatch(/^\d+ \d+ \* \* \*$/);
  });

  test('components come in the order of their names', () => {
    const spec = specOf({ b: '', a: '', B1: '' }).replace('B1', 'a-b');
    expect(resolved({ spec }).components.map(({ name }) => name)).toEqual(['a', 'a-b', 'b']);
  });
});

describe('the tenant', () => {
  test('without a tenant.yaml has what the platform gives', () => {
    const tool = resolved({ spec: specOf({ web: '' }) });
    expect(tool).toMatchObject({
      name: 'hello',
      maintainerGroups: ['tools.hello'],
      retired: false,
      sourceUrl: undefined,
    });
    expect(tool.quota).toEqual(tool.platform.quota);
    expect(tool.limits).toEqual(tool.platform.limits);
    expect(tool.uid).toBeGreaterThanOrEqual(1_000_000);
    expect(tool.uid).toBe(resolved({ spec: specOf({ other: '' }) }).uid);
    expect(tool.uid).not.toBe(resolved({ name: 'hallo', spec: specOf({ web: '' }) }).uid);
  });

  test('has its own values over those', () => {
    const tool = resolved({
      spec: specOf({ web: '' }),
      tenant: 'uid: 52001\nmaintainers: [ops, tools.hello, ops]\nquota: {pods: 7}\nlimits: {max: {cpu: 6}}\n',
      platform: 'quota: {pods: 5, jobs: 5}\nlimits: {max: {memory: 9Gi}}\n',
    });
    expect(tool.uid).toBe(52001);
    expect(tool.maintainerGroups).toEqual(['tools.hello', 'ops']);
    expect(tool.quota).toMatchObject({ pods: 7, jobs: 5 });
    expect(tool.limits.max).toEqual({ cpu: 6000, memory: 9 * 2 ** 30 });
  });

  test('derives a uid within the range', () => {
    const tool = resolved({ spec: specOf({ web: '' }), platform: 'uids: {first: 5000, count: 1}\n' });
    expect(tool.uid).toBe(5000);
  });

  test('that is retired runs nothing, whatever its spec says', () => {
    const tool = resolved({ spec: 'components: [oops', tenant: 'retired: true\n' });
    expect(tool).toMatchObject({ retired: true, components: [] });
  });
});

describe('images', () => {
  const OWN = `registry.example.org/tool-hello/web:latest@${DIGEST}`;
  const HOLD = 'hold: {by: alice, reason: bad}';
  const entry = (image: string, more = '') =>
    `components:\n  web: {image: "${image}", source: {commit: abc}${more === '' ? '' : `, ${more}`}}\n`;
  const PREBUILT = { web: 'image: "docker.io/library/nginx:1.29"' };
  const PLATFORM = 'image_hosts: [docker.io]\n';
  const NGINX = `docker.io/library/nginx:1.29@${DIGEST}`;

  test.each([
    { name: 'awaits its first build', builds: {}, images: undefined, expected: undefined },
    {
      name: 'built',
      builds: {},
      images: entry(OWN),
      expected: { ref: OWN, built: true, build: { image: OWN, source: { commit: 'abc' } }, hold: undefined },
    },
    {
      name: 'built and held',
      builds: {},
      images: entry(OWN, `${HOLD}, waiting: {image: "${OWN}"}, previous: [{image: "${OWN}"}]`),
      expected: {
        ref: OWN,
        built: true,
        build: { image: OWN, source: { commit: 'abc' } },
        hold: { by: 'alice', reason: 'bad' },
      },
    },
    {
      name: 'prebuilt, not yet recorded',
      builds: PREBUILT,
      images: undefined,
      expected: { ref: 'docker.io/library/nginx:1.29', built: false, build: undefined, hold: undefined },
    },
    {
      name: 'prebuilt and recorded',
      builds: PREBUILT,
      images: entry(NGINX),
      expected: {
        ref: NGINX,
        built: false,
        build: { image: NGINX, source: { commit: 'abc' } },
        hold: undefined,
      },
    },
    {
      name: 'prebuilt, recorded by a short name',
      builds: { web: 'image: "nginx:1.29"' },
      images: entry(NGINX),
      expected: { ref: NGINX },
    },
    {
      name: 'prebuilt, another tag recorded',
      builds: { web: 'image: "nginx:1.30"' },
      images: entry(NGINX),
      expected: { ref: 'nginx:1.30', build: undefined },
    },
    {
      name: 'prebuilt, another tag recorded and held',
      builds: { web: 'image: "nginx:1.30"' },
      images: entry(NGINX, HOLD),
      expected: { ref: NGINX, hold: { by: 'alice' } },
    },
    {
      name: 'prebuilt by digest',
      builds: { web: `image: "nginx:1.29@${DIGEST}"` },
      images: entry(NGINX),
      expected: { ref: NGINX },
    },
    {
      name: 'prebuilt by another digest',
      builds: { web: `image: "nginx:1.29@${DIGEST.replaceAll('0a', '0b')}"` },
      images: entry(NGINX),
      expected: { ref: `nginx:1.29@${DIGEST.replaceAll('0a', '0b')}`, build: undefined },
    },
  ])('$name', ({ builds, images, expected }) => {
    const files = {
      spec: specOf({ web: '', job: 'schedule: "@daily"' }, { ...builds, job: 'reuse_from: web' }),
      platform: PLATFORM,
    };
    for (const name of ['web', 'job']) {
      const { image, buildOf } = component(images === undefined ? files : { ...files, images }, name);
      expect(buildOf).toBe('web');
      if (expected === undefined) expect(image).toBeUndefined();
      else expect(image).toMatchObject(expected);
    }
  });

  test('a prebuilt image starts what is written, launcher too', () => {
    const spec = specOf({ web: 'command: launcher web' }, { web: 'image: "docker.io/a/b:1"' });
    expect(component({ spec, platform: PLATFORM })).toMatchObject({
      command: ['launcher', 'web'],
      prebuilt: 'docker.io/a/b:1',
    });
  });

  test.each([
    [
      'another tool',
      {},
      entry(`registry.example.org/tool-other/web@${DIGEST}`),
      'error TFG522 components.web.image: the image of `web` may not run here: it is of a project that is not allowed',
    ],
    [
      'another host',
      {},
      entry(`evil.example.org/tool-hello/web@${DIGEST}`),
      'error TFG522 components.web.image: the image of `web` may not run here: it is of a host that is not allowed',
    ],
    [
      'a prebuilt image left over',
      {},
      entry(NGINX),
      'warning TFG524 components.web.image: the image of `web` is no build of this tool, so the component awaits',
    ],
    [
      'another component',
      {},
      entry(OWN).replace('web:', 'wep:'),
      'warning TFG523 components.wep: the spec has no component `wep`, so its image is not used → has `wep` been renamed to `web`?',
    ],
    [
      'no digest',
      {},
      entry('registry.example.org/tool-hello/web:latest'),
      'error TFG521 components.web.image',
    ],
  ])('images.yaml with %s', (_, builds, images, expected) => {
    const checked = checkSpec({ spec: specOf({ web: '' }, builds), images, platform: PLATFORM });
    expect(linesOf(checked)).toHaveLength(1);
    expect(linesOf(checked)[0]).toContain(expected);
    expect(checked.diagnostics[0]?.file).toBe('images.yaml');
    if (expected.startsWith('warning')) expect(checked.tool?.components[0]?.image).toBeUndefined();
  });

  test('an entry of a component that reuses is not used', () => {
    const spec = specOf({ web: '', it: '' }, { web: 'reuse_from: it' });
    expect(linesOf(checkSpec({ spec, images: entry(OWN) }))).toEqual([
      'warning TFG523 components.web: `web` reuses the build of `it`, so its own image is not used',
    ]);
  });
});
