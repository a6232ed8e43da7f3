import { describe, expect, test } from 'vitest';
import { checkSpec, linesOf, type SpecFiles, specOf } from '../../support/check-spec.ts';

function found(files: SpecFiles): readonly string[] {
  return linesOf(checkSpec(files));
}

describe('limits of a container', () => {
  const TIGHT = 'limits: {default: {cpu: 200m}, max: {cpu: 500m, memory: 1Gi}}\n';
  test.each([
    ['cpu: "4", memory: 8Gi', undefined, undefined],
    ['cpu: 50m, memory: 100Mi', undefined, undefined],
    [
      'cpu: "5"',
      undefined,
      'error TFG301 components.web.run.cpu: component `web` may use 5 of cpu, more than the 4 that a container may → set `cpu` to at most 4; or an admin changes `limits.max.cpu` in tools-config/hello/tenant.yaml (for all tools: platform.yaml)',
    ],
    [
      'cpu: 40m',
      undefined,
      'error TFG301 components.web.run.cpu: component `web` reserves 40m of cpu, less than the 50m that a container must → set `cpu` to at least 50m',
    ],
    [
      'memory: 9Gi',
      undefined,
      'error TFG301 components.web.run.memory: component `web` may use 9Gi of memory, more than the 8Gi',
    ],
    [
      'memory: 64Mi',
      undefined,
      'error TFG301 components.web.run.memory: component `web` reserves 64Mi of memory, less than the 100Mi',
    ],
    ['memory: 9Gi', 'limits: {max: {memory: 9Gi}}', undefined],
    [
      'memory: 1Gi',
      TIGHT,
      'error TFG301 components.web.run: without `cpu`, component `web` may use 4 of cpu, more than the 500m that a container may',
    ],
    ['cpu: 500m, memory: 1Gi', TIGHT, undefined],
    ['cpu: 500m, memory: 2Gi', TIGHT, 'error TFG301 components.web.run.memory'],
  ])('run: {%s} with tenant.yaml %j', (run, tenant, expected) => {
    const lines = found({ spec: specOf({ web: run }), ...(tenant !== undefined && { tenant }) });
    if (expected === undefined) expect(lines).toEqual([]);
    else {
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(expected);
    }
  });

  test('a lone file is warned, with the remedy', () => {
    const lines = found({ spec: specOf({ web: 'memory: 9Gi' }), lone: true });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('warning TFG301');
    expect(lines[0]).toContain('tools-config/<tool>/tenant.yaml');
  });
});

describe('the sum of all components', () => {
  const THREE = specOf({
    a: 'cpu: "2", memory: 4Gi',
    b: 'replicas: 2, port: 1',
    c: 'schedule: "@daily", memory: 1Gi',
  });

  /** a: 2 cores, 4Gi (2Gi reserved); b: 3 pods while updating of 100m/4 cores and 512Mi; c: a job, 1Gi (512Mi). */
  test.each([
    ['requests_cpu: 2400m', undefined],
    [
      'requests_cpu: 2399m',
      'all components together reserve 2400m of CPU, the quota is 2399m: `a` 2, `b` 300m (3 pods during an update), `c` 100m',
    ],
    ['limits_cpu: 18', undefined],
    [
      'limits_cpu: 17',
      'all components together may use 18 of CPU, the quota is 17: `b` 12 (3 pods during an update), `c` 4, `a` 2',
    ],
    ['requests_memory: 4Gi', undefined],
    [
      'requests_memory: 4095Mi',
      'all components together reserve 4Gi of memory, the quota is 4095Mi: `a` 2Gi, `b` 1536Mi (3 pods during an update), `c` 512Mi',
    ],
    ['limits_memory: 6656Mi', undefined],
    [
      'limits_memory: 6655Mi',
      'all components together may use 6656Mi of memory, the quota is 6655Mi: `a` 4Gi',
    ],
    ['pods: 5', undefined],
    [
      'pods: 4',
      'all components together need 5 pods, the quota is 4: `b` 3 (3 pods during an update), `a` 1, `c` 1',
    ],
    ['deployments: 2', undefined],
    ['deployments: 1', 'all components together need 2 Deployments, the quota is 1: `a` 1, `b` 1'],
    ['cronjobs: 0', 'all components together need 1 CronJob, the quota is 0: `c` 1'],
    ['jobs: 0', 'all components together need 1 Job, the quota is 0: `c` 1'],
    ['services: 0', 'all components together need 1 Service, the quota is 0: `b` 1'],
  ])('quota: {%s}', (quota, expected) => {
    for (const place of ['tenant', 'platform'] as const) {
      const lines = found({ spec: THREE, [place]: `quota: {${quota}}\n` });
      if (expected === undefined) expect(lines).toEqual([]);
      else {
        expect(lines).toHaveLength(1);
        expect(lines[0]).toContain(`error TFG302 components: ${expected}`);
        const key = quota.split(':')[0];
        expect(lines[0]).toContain(`an admin raises \`quota.${key}\` in tools-config/hello/tenant.yaml`);
      }
    }
  });

  test('what a job before each deploy needs is counted, as is one on demand', () => {
    const spec = specOf({ now: '(one-off) on_deploy: true', later: '(one-off) retry: 1' });
    expect(found({ spec, tenant: 'quota: {jobs: 2, cronjobs: 1, pods: 2, deployments: 0}' })).toEqual([]);
    expect(found({ spec, tenant: 'quota: {jobs: 1, cronjobs: 0, pods: 1}' })).toHaveLength(3);
  });

  test('a lone file is warned', () => {
    const lines = found({ spec: specOf({ web: 'replicas: 60' }), lone: true });
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain('warning TFG302');
  });

  test('only the biggest are named', () => {
    const runs = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`c${index}`, 'port: 1']));
    const line = found({ spec: specOf(runs) }).find((each) => each.includes('Deployments'));
    expect(line).toContain('`c0` 1, `c1` 1, `c10` 1 and 27 more');
  });

  test('nothing is said of a quota that a broken tenant.yaml may have raised', () => {
    const lines = found({
      spec: specOf({ web: 'replicas: 60, memory: 9Gi' }),
      tenant: 'quota: {pods: lots}',
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('TFG102 quota.pods');
  });
});

describe('the defaults fit ordinary tools', () => {
  test.each([
    ['24 continuous components with a port', Array.from({ length: 24 }, () => 'port: 8000')],
    ['50 scheduled jobs', Array.from({ length: 50 }, () => 'schedule: "@daily"')],
    [
      '8 components with 3G of memory and 2 cores',
      Array.from({ length: 8 }, () => 'memory: 3G, cpu: "2", port: 1'),
    ],
    ['8 components of two replicas', Array.from({ length: 8 }, () => 'replicas: 2, port: 1')],
  ])('%s', (_, runs) => {
    const spec = specOf(Object.fromEntries(runs.map((run, index) => [`c${index}`, run])));
    expect(found({ spec })).toEqual([]);
  });
});
