import { describe, expect, test } from 'vitest';
import { NO_TENANT } from '../../src/model/tenant.ts';
import { defaultPlatform } from '../../src/spec/check-platform.ts';
import { checkTenant } from '../../src/spec/check-tenant.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

const PLATFORM = defaultPlatform();

function check(text: string) {
  return checkTenant({ file: 'tools-config/hello/tenant.yaml', text }, PLATFORM);
}

describe('checkTenant', () => {
  test('without a file nothing is set', () => {
    expect(checkTenant(undefined, PLATFORM)).toMatchObject({ tenant: NO_TENANT, diagnostics: [] });
    expect(check('# none\n').tenant).toEqual(NO_TENANT);
  });

  test('every key is read', () => {
    const { tenant, diagnostics } = check(
      'uid: 52001\nmaintainers: [tools.admin, "cn=x@y"]\nquota: {pods: 3, limits_cpu: 2}\nlimits: {max: {memory: 9Gi}}\nretired: true\n'.replace(
        '"cn=x@y"',
        'ops',
      ),
    );
    expect(diagnostics).toEqual([]);
    expect(tenant).toEqual({
      uid: 52001,
      maintainers: ['tools.admin', 'ops'],
      quota: { pods: 3, limitsCpu: 2000 },
      limits: { max: { memory: 9 * 2 ** 30 } },
      retired: true,
    });
  });

  test.each([
    ['uid: 0', 'error TFG104 1:6 uid:'],
    ['uid: root', 'error TFG102 1:6 uid:'],
    ['uid: 2147483648', 'error TFG104 1:6 uid:'],
    ['maintainers: alice', 'error TFG102 1:14 maintainers:'],
    ['maintainers: ["a, b"]', 'error TFG103 1:15 maintainers[0]:'],
    ['maintainers: ["a\\nb"]', 'error TFG103 1:15 maintainers[0]:'],
    [
      'maintainer: [alice]',
      'error TFG106 1:1 maintainer: unknown key `maintainer` → did you mean `maintainers`?',
    ],
    ['quota: {memory: 1Gi}', 'error TFG106 1:9 quota.memory:'],
    [
      'limits: {max: {cpu: 100m}}',
      'error TFG503 1:21 limits.max.cpu: the cpu of `default` is above that of `max`',
    ],
    ['retired: perhaps', 'error TFG102 1:10 retired:'],
  ])('%j is refused', (text, expected) => {
    const { tenant, diagnostics } = check(text);
    expect(tenant).toBeUndefined();
    expect(diagnostics.map(showDiagnostic).join('\n')).toContain(expected);
  });
});
