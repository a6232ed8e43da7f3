import { describe, expect, test } from 'vitest';
import { parseToolSpec } from '../../src/spec/parse-tool-spec.ts';
import { parseYaml } from '../../src/spec/parse-yaml.ts';

function check(text: string) {
  return parseToolSpec(parseYaml({ file: 'toolforge.yaml', text }));
}

describe('parseToolSpec', () => {
  test('keeps the values of env as written and fills in no default', () => {
    const spec = check(
      'components:\n  web:\n    build: {reuse_from: x}\n    run: {command: web, env: {MODE: 0644, ON: yes}}\n',
    );
    expect(spec.diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'TFG009 components.web.run.env.ON',
    ]);
    expect(spec.value?.components.web?.run).toMatchObject({
      command: 'web',
      env: { MODE: '0644', ON: 'yes' },
    });
    expect(spec.value?.components.web?.run.replicas).toBeUndefined();
  });
});
