import { describe, expect, test } from 'vitest';
import { checkPlatform } from '../../src/spec/check-platform.ts';
import { withoutPlatform } from '../../src/spec/without-platform.ts';
import { checkSpec, DIGEST, specOf } from '../support/check-spec.ts';
import { specWith } from '../support/mistake.ts';
import { MISTAKES } from '../support/mistakes.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

const codesOf = (files: Parameters<typeof checkSpec>[0]) =>
  checkSpec(files)
    .diagnostics.map(({ file, code }) => `${file} ${code}`)
    .sort();

describe('mistakes of all files of a tool come together', () => {
  const TENANT = [
    ['uid: root', 'TFG102'],
    ['maintainer: [alice]', 'TFG106'],
    ['quota: {pods: many}', 'TFG102'],
    ['limits: {max: {cpu: 100m}}', 'TFG503'],
    ['a: [', 'TFG001'],
  ] as const;
  const own = `registry.example.org/tool-hello/app:latest@${DIGEST}`;
  const IMAGES = [
    [`components: {app: {image: registry.example.org/tool-hello/app}}`, 'TFG521'],
    [`components: {app: {image: "docker.io/x/y@${DIGEST}"}}`, 'TFG522'],
    [`components: {gone: {image: "${own}"}}`, 'TFG523'],
    [`components: {app: {image: "${own}", digest: x}}`, 'TFG106'],
    ['components: [', 'TFG001'],
  ] as const;
  const SPEC = MISTAKES.filter(
    ({ kind, uses }) => kind === undefined && uses.some((key) => key.startsWith('run.')),
  );

  test.each(TENANT.flatMap(([tenant, one]) => IMAGES.map(([images, two]) => ({ tenant, one, images, two }))))(
    'tenant.yaml $tenant and images.yaml $images',
    ({ tenant, one, images, two }) => {
      // Where the tenant's limits are not known, nothing is said of what a container may have.
      const told = SPEC.filter(({ found }) => !found.startsWith('TFG301'));
      for (const mistake of told) {
        const { spec } = specWith('continuous', [mistake]);
        expect([mistake.title, codesOf({ spec, tenant, images })]).toEqual([
          mistake.title,
          [
            `images.yaml ${two}`,
            `tenant.yaml ${one}`,
            `toolforge.yaml ${mistake.found.split(' ')[0]}`,
          ].sort(),
        ]);
      }
    },
  );

  test('a tenant.yaml with a mistake elsewhere still tells its quota', () => {
    const spec = specOf({ web: 'replicas: 5' });
    expect(codesOf({ spec, tenant: 'uid: root\nquota: {pods: 3}' })).toEqual([
      'tenant.yaml TFG102',
      'toolforge.yaml TFG302',
    ]);
    expect(codesOf({ spec, tenant: 'uid: root\nquota: {pods: 30}' })).toEqual(['tenant.yaml TFG102']);
    expect(codesOf({ spec, tenant: 'quota: {pods: three}' })).toEqual(['tenant.yaml TFG102']);
  });

  test('a retired tool with a mistake in tenant.yaml is not asked for its spec', () => {
    expect(codesOf({ spec: 'components: [', tenant: 'retired: true\nuid: root' })).toEqual([
      'tenant.yaml TFG102',
    ]);
  });

  test('all entries of images.yaml are looked at', () => {
    const spec = specOf({ web: '', job: 'schedule: "@daily"' });
    const images = `components: {web: {image: registry.example.org/tool-hello/web}, job: {image: "docker.io/x/y@${DIGEST}"}, gone: {image: "${own}"}}`;
    expect(codesOf({ spec, images })).toEqual([
      'images.yaml TFG521',
      'images.yaml TFG522',
      'images.yaml TFG523',
    ]);
  });

  test('where components cannot be read, no image is said to be of none', () => {
    const images = `components: {web: {image: "${own}"}}`;
    for (const spec of ['components: [web]', 'config_version: v1beta1', 'components: {}', 'a: [']) {
      expect(codesOf({ spec, images })).toHaveLength(1);
    }
    expect(codesOf({ spec: 'components: {web: text}', images })).toEqual(['toolforge.yaml TFG102']);
    expect(codesOf({ spec: specOf({ Web: '' }), images })).toEqual(['toolforge.yaml TFG107']);
  });
});

describe('platform.yaml', () => {
  const check = (text: string) => checkPlatform({ file: 'platform.yaml', text });

  test('all its mistakes come at once, and none that only follows', () => {
    const { platform, diagnostics } = check(
      'shards: none\nroutes: {kind: ingress, gateway: x}\nlimits: {max: {cpu: lots}, min: {cpu: 9, memory: 90Gi}}\ndefault_builder: zzz\nshard: 1\n',
    );
    expect(platform).toBeUndefined();
    expect(diagnostics.map(showDiagnostic).map((line) => line.split(': ')[0])).toEqual([
      'error TFG102 1:9 shards',
      'error TFG108 3:21 limits.max.cpu',
      'error TFG106 5:1 shard',
      'error TFG501 4:18 default_builder',
      'error TFG502 2:25 routes.gateway',
      'error TFG503 3:50 limits.min.memory',
    ]);
  });

  test('a builder that is wrong is still there', () => {
    const { diagnostics } = check('builders: {one: {image: 5}, two: {image: a.b/c}}\ndefault_builder: one\n');
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(['TFG102 builders.one.image']);
  });

  test.each([
    ['a mistake that tools have nothing to do with', 'shards: none\nquota: {pods: 3}', 3],
    ['one in the quota', 'shards: none\nquota: {pods: three}', undefined],
    ['a key that might be any', 'quotas: {pods: 3}', undefined],
    ['broken YAML', 'quota: [', undefined],
  ])('%s: what tools can be held against', (_, text, pods) => {
    const { platform, intact } = check(text);
    expect(platform).toBeUndefined();
    expect(intact?.quota.pods).toBe(pods);
  });

  test('without it a tool is told what holds on every platform', () => {
    const spec = specOf(
      { web: 'memory: 900Gi, port: 99999', job: '' },
      { job: 'image: quay.io/x/y:1', web: 'repository: https://git.example.org/x, ref: main, builder: zzz' },
    );
    const { diagnostics } = checkSpec({ spec });
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['TFG104', 'TFG214', 'TFG215', 'TFG301']);
    expect(withoutPlatform(diagnostics).map(({ code }) => code)).toEqual(['TFG104']);
  });
});

test('many mistakes of every kind take no longer than they are many', () => {
  const list = `maintainers: [${'1, '.repeat(20_000)}1]\n`;
  const spec = `components:\n${Array.from({ length: 3000 }, (_, index) => `  X_${index}: {build: {reuse_from: x-${index + 1}}, run: {comand: 1}}\n`).join('')}`;
  const { diagnostics } = checkSpec({ spec, tenant: list });
  expect(diagnostics.length).toBeGreaterThan(25_000);
});
