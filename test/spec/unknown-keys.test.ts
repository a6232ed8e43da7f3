import { describe, expect, test } from 'vitest';
import { parseSpec } from '../support/spec-lines.ts';

/** A spec with one more key at the top, in a component, its build or its run. */
function specWith(level: string, key: string): string {
  const at = (name: string) => (name === level ? `, ${key}: s3cret` : '');
  const top = level === 'top' ? `${key}: s3cret\n` : '';
  return `${top}components:
  web: {build: {reuse_from: x${at('build')}}, run: {command: web${at('run')}}${at('component')}}
`;
}

describe('an unknown key is a warning that says what was meant', () => {
  test.each([
    ['run', 'mem', 'did you mean `memory`?'],
    ['run', 'health-check-http', 'did you mean `health_check_http`?'],
    ['run', 'http_check_health', 'did you mean `health_check_http`?'],
    ['run', 'healthCheckHttp', 'did you mean `health_check_http`?'],
    ['run', 'health check script', 'did you mean `health_check_script`?'],
    ['run', 'replica', 'did you mean `replicas`?'],
    ['run', 'Replicas', 'did you mean `replicas`?'],
    ['run', 'no-filelog', 'remove it: no log files are written without `filelog: true`'],
    ['run', 'continuous', 'remove it, or write `component_type: continuous` beside `run`'],
    ['run', 'healthcheck', 'use `health_check_http` or `health_check_script`'],
    ['run', 'stdout_filelog', 'did you mean `filelog_stdout`?'],
    ['run', 'protocol', 'did you mean `port_protocol`?'],
    ['run', 'comand', 'did you mean `command`?'],
    ['run', 'shedule', 'did you mean `schedule`?'],
    ['run', 'cron', 'did you mean `schedule`?'],
    ['run', 'timeuot', 'did you mean `timeout`?'],
    ['run', 'environment', 'did you mean `env`?'],
    ['build', 'repo', 'did you mean `repository`?'],
    ['build', 'branch', 'did you mean `ref`?'],
    ['build', 'use_latest_version', 'did you mean `use_latest_versions`?'],
    ['component', 'type', 'did you mean `component_type`?'],
    ['top', 'component', 'did you mean `components`?'],
    ['component', 'port', '`port` belongs under `run`'],
    ['component', 'mem', '`memory` belongs under `run`'],
    ['component', 'ref', '`ref` belongs under `build`'],
    ['build', 'command', '`command` belongs under `run`'],
    ['run', 'image', 'remove it: the image is what `build` says'],
    ['component', 'image', '`image` belongs under `build`'],
    ['run', 'component_type', '`component_type` belongs one level up, beside `run`'],
    ['component', 'source_url', '`source_url` belongs at the top of the file'],
    ['top', 'run', '`run` belongs under each of `components`'],
    ['top', 'defaults', undefined],
    ['run', 'zzz', undefined],
    ['run', '__proto__', undefined],
    ['run', 'constructor', undefined],
    ['run', 'toString', undefined],
    ['run', 'x'.repeat(5000), undefined],
  ])('%s: %s', (level, key, suggestion) => {
    const { value, diagnostics } = parseSpec(specWith(level, key));
    expect(value).toBeDefined();
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning TFG106']);
    expect(diagnostics[0]?.suggestion).toBe(suggestion);
    expect(diagnostics[0]?.message.length).toBeLessThan(120);
    expect(JSON.stringify(diagnostics)).not.toContain('s3cret');
  });

  test('the key is pointed at, and what it holds is not looked into', () => {
    const { diagnostics } = parseSpec(`${specWith('run', 'x')}defaults:\n  alerts: {on: 1}\n`);
    expect(diagnostics.map(({ path, line, column, endColumn }) => [path, line, column, endColumn])).toEqual([
      ['defaults.alerts.on', 4, 12, 14],
      ['components.web.run.x', 2, 53, 54],
      ['defaults', 3, 1, 9],
    ]);
  });
});
