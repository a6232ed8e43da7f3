import { describe, expect, test } from 'vitest';
import { checkFleet, type FleetTool } from '../../src/spec/check-fleet.ts';
import { defaultPlatform } from '../../src/spec/check-platform.ts';
import { checkTool } from '../../src/spec/check-tool.ts';
import { specOf } from '../support/check-spec.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

function fleet(
  tenants: Readonly<Record<string, string | undefined>>,
  platform = defaultPlatform(),
): readonly FleetTool[] {
  return Object.entries(tenants).map(([name, text]) => {
    const sources = {
      name,
      spec: { file: `${name}/toolforge.yaml`, text: specOf({ web: 'port: 1, publish: /' }) },
      tenant: text === undefined ? undefined : { file: `${name}/tenant.yaml`, text },
    };
    const { tool } = checkTool(sources, { platform });
    if (tool === undefined) throw new Error(name);
    return { tool, sources };
  });
}

describe('checkFleet', () => {
  test('finds nothing in tools that differ', () => {
    expect(checkFleet(fleet({ a: 'uid: 5\n', b: 'uid: 6\n', c: undefined, d: undefined }))).toEqual([]);
  });

  test('of tools that share a user id all but the first are told, in any order', () => {
    const tools = fleet({ c: 'uid: 5\n', a: 'uid: 5\n', x: 'uid: 6\n', b: '# first\nuid: 5\n' });
    const found = checkFleet(tools);
    expect(found.map((each) => `${each.file} ${showDiagnostic(each)}`)).toEqual([
      'b/tenant.yaml error TFG402 2:6 uid: tool `b` has the user id 5, and so has `a` → give one of them another `uid` in its tenant.yaml',
      'c/tenant.yaml error TFG402 1:6 uid: tool `c` has the user id 5, and so has `a` → give one of them another `uid` in its tenant.yaml',
    ]);
    expect(checkFleet([...tools].reverse())).toEqual(found);
  });

  test('a derived id stands nowhere, so the spec is named', () => {
    const platform = { ...defaultPlatform(), uids: { first: 5, count: 1 } };
    const found = checkFleet(fleet({ a: undefined, b: 'retired: false\n' }, platform));
    expect(found.map((each) => `${each.file} ${each.line}:${each.column} ${each.path}`)).toEqual([
      'b/toolforge.yaml 1:1 ',
    ]);
  });
});
