import { describe, expect, test } from 'vitest';
import { checkSpec, linesOf, specOf } from '../../support/check-spec.ts';

function lines(run: string): readonly string[] {
  return linesOf(checkSpec({ spec: specOf({ it: run }) }));
}

describe('keys of each kind', () => {
  test.each([
    'replicas: 2',
    '(continuous) port: 1',
    'schedule: "@daily"',
    '(scheduled) schedule: "5 * * * *", retry: 5, timeout: 0',
    '(one-off) retry: 1, timeout: 60',
    '(one-off) on_deploy: true',
  ])('%s is fine', (run) => {
    expect(lines(run)).toEqual([]);
  });

  test.each([
    [
      '(continuous) schedule: "@daily"',
      'TFG205 components.it.run.schedule: `schedule` is for scheduled components; `it` is continuous → remove `schedule`, or set `component_type: scheduled`',
    ],
    [
      'schedule: "@daily", port: 1',
      'TFG205 components.it.run.port: `port` is for continuous components; `it` is scheduled, since it has a `schedule` → remove `port`, or set `component_type: continuous` and remove `schedule`',
    ],
    ['schedule: "@daily", replicas: 2', 'TFG205 components.it.run.replicas'],
    ['schedule: "@daily", publish: /', 'TFG205 components.it.run.publish'],
    ['schedule: "@daily", health_check_script: x', 'TFG205 components.it.run.health_check_script'],
    ['schedule: "@daily", health_check_http: /', 'TFG205 components.it.run.health_check_http'],
    ['schedule: "@daily", port_protocol: tcp', 'TFG205 components.it.run.port_protocol'],
    ['schedule: "@daily", on_deploy: true', 'TFG205 components.it.run.on_deploy'],
    [
      'retry: 2',
      'TFG205 components.it.run.retry: `retry` is for scheduled and one-off components; `it` is continuous, since it has no `component_type`',
    ],
    ['timeout: 2', 'TFG205 components.it.run.timeout'],
    ['on_deploy: true', 'TFG205 components.it.run.on_deploy: `on_deploy` is for one-off components'],
    [
      '(one-off) schedule: "@daily"',
      'TFG205 components.it.run.schedule: `schedule` is for scheduled components; `it` is one-off',
    ],
    ['(one-off) port: 1', 'TFG205 components.it.run.port'],
    [
      '(scheduled) retry: 1',
      'TFG206 components.it.component_type: component `it` is scheduled but has no `schedule`',
    ],
    [
      'schedule: "every tuesday"',
      'TFG207 components.it.run.schedule: schedule "every tuesday" has 2 fields, not five → did you mean "0 0 * * 2"?',
    ],
    ['schedule: "0 0 30 2 *"', 'TFG207 components.it.run.schedule: schedule "0 0 30 2 *" never fires'],
  ])('%s: %s', (run, expected) => {
    const found = lines(run);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`error ${expected}`);
  });
});

describe('reuse_from', () => {
  const RUNS = { a: '', b: '', c: '' };
  const reuse = (name: string) => `reuse_from: ${name}`;

  test.each([
    [{ b: reuse('a'), c: reuse('a') }, []],
    [
      { b: reuse('web') },
      ['components.b.build.reuse_from: there is no component `web` to reuse → name a component'],
    ],
    [
      { b: reuse('A') },
      ['components.b.build.reuse_from: there is no component `A` to reuse → did you mean `a`?'],
    ],
    [{ b: reuse('b') }, ['components.b.build.reuse_from: component `b` reuses itself']],
    [
      { b: reuse('a'), c: reuse('b') },
      ['components.c.build.reuse_from: component `b` itself reuses `a` → name `a` instead'],
    ],
    [
      { a: reuse('b'), b: reuse('a') },
      ['components.a.build.reuse_from: components `a` and `b` reuse each other', 'components.b.build'],
    ],
    [
      { a: reuse('b'), b: reuse('c'), c: reuse('a') },
      ['components.a.build', 'components.b.build', 'components.c.build'],
    ],
    [{ b: reuse('__proto__') }, ['there is no component `__proto__` to reuse']],
    [{ b: reuse('constructor') }, ['there is no component `constructor` to reuse']],
  ] as const)('%j', (builds, expected) => {
    const found = linesOf(checkSpec({ spec: specOf(RUNS, builds as Record<string, string>) }));
    expect(found).toHaveLength(expected.length);
    for (const [index, part] of expected.entries()) {
      expect(found[index]).toContain('error TFG209');
      expect(found[index]).toContain(part);
    }
  });

  test('a target whose form is wrong is not said to be missing', () => {
    const spec = specOf({ a: 'replicas: many', b: '' }, { b: reuse('a') });
    const found = linesOf(checkSpec({ spec }));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('TFG102 components.a.run.replicas');
  });
});
