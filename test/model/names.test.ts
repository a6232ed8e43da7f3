import { describe, expect, test } from 'vitest';
import { outputOwner } from '../../src/model/layout.ts';
import { isComponentName, isServiceName, isToolName } from '../../src/model/names.ts';

describe('names', () => {
  test.each([
    ['hello', true],
    ['18th-century', true],
    ['a'.repeat(58), true],
    ['a'.repeat(59), false],
    ['Hello', false],
    ['-a', false],
    ['a-', false],
    ['a.b', false],
    ['..', false],
    ['a/b', false],
    ['', false],
    ['a\n', false],
  ])('tool %j: %s', (name, expected) => {
    expect(isToolName(name)).toBe(expected);
  });

  test.each([
    ['web', true, true],
    ['update.v2', true, false],
    ['1st', true, false],
    ['a'.repeat(52), true, true],
    ['a'.repeat(53), false, true],
    ['a..b', false, false],
    ['__proto__', false, false],
    ['web\n', false, false],
  ])('component %j: %s, as a Service: %s', (name, component, service) => {
    expect([isComponentName(name), isServiceName(name)]).toEqual([component, service]);
  });
});

describe('outputOwner', () => {
  test.each([
    ['manifests-out/tools/hello/web.yaml', { tool: 'hello', part: 'tools' }],
    ['manifests-out/platform/shard-3/hello.yaml', { tool: 'hello', part: 'platform' }],
    ['manifests-out/platform/hello.yaml', undefined],
    ['manifests-out/platform/other/hello.yaml', undefined],
    ['manifests-out/tools/hello/sub/web.yaml', undefined],
    ['manifests-out/root.yaml', undefined],
    ['tools-config/hello/toolforge.yaml', undefined],
  ])('%s', (path, owner) => {
    expect(outputOwner(path)).toEqual(owner);
  });
});
