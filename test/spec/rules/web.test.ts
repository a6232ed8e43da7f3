import { describe, expect, test } from 'vitest';
import { checkSpec, linesOf, specOf } from '../../support/check-spec.ts';

const RUN = 'components.web.run';

describe('ports, publishing and health checks', () => {
  test.each([
    ['port: 8000, publish: /', []],
    ['port: 8000, publish: /, health_check_http: /healthz?full=1', []],
    ['port: 8000, health_check_script: "./ok.sh --fast"', []],
    ['port: 53, port_protocol: udp', []],
    ['health_check_script: ok', []],
    [
      'publish: /',
      [`error TFG201 ${RUN}.publish: component \`web\` is published without a port → set \`port\``],
    ],
    [
      'publish: /, port: 53, port_protocol: udp',
      [`error TFG201 ${RUN}.publish: component \`web\` is published without a TCP port`],
    ],
    [
      'port: 1, health_check_http: /, health_check_script: ok',
      [`error TFG203 ${RUN}.health_check_script: component \`web\` has both`],
    ],
    [
      'health_check_http: /',
      [`error TFG204 ${RUN}.health_check_http: component \`web\` has an HTTP health check without a port`],
    ],
    [
      'port: 1, port_protocol: udp, health_check_http: /',
      [
        `error TFG204 ${RUN}.health_check_http: component \`web\` has an HTTP health check without a TCP port`,
      ],
    ],
    [
      'port: 1, health_check_http: healthz',
      [
        `error TFG204 ${RUN}.health_check_http: \`health_check_http\` must be a path that begins with \`/\` → put`,
      ],
    ],
    [
      'port: 1, health_check_http: "http://localhost/x"',
      [
        `error TFG204 ${RUN}.health_check_http: \`health_check_http\` must be a path that begins with \`/\` → give the path alone`,
      ],
    ],
    [
      'port: 1, health_check_http: "/a b"',
      [`error TFG204 ${RUN}.health_check_http: \`health_check_http\` holds a character`],
    ],
    ['port_protocol: udp', [`warning TFG217 ${RUN}.port_protocol: \`port_protocol\` has no effect`]],
  ])('run: {%s}', (run, expected) => {
    expectLines(linesOf(checkSpec({ spec: specOf({ web: run }) })), expected);
  });

  test.each([
    ['a.b', 'port: 1', ['error TFG208 components["a.b"]: component `a.b` has a port', '`a-b`']],
    ['1st', 'port: 1', ['error TFG208 components.1st: component `1st` has a port', '`c-1st`']],
    ['a.b', 'replicas: 1', undefined],
    ['1st', '(scheduled) schedule: "@daily"', undefined],
  ])('a component called %j with %j', (name, run, expected) => {
    const [line] = linesOf(checkSpec({ spec: specOf({ [name]: run }) }));
    if (expected === undefined) expect(line).toBeUndefined();
    else for (const part of expected) expect(line).toContain(part);
  });

  test('only one component publishes', () => {
    const spec = specOf({
      a: 'port: 1, publish: /',
      b: 'port: 2',
      c: 'port: 3, publish: /',
      d: 'port: 4, publish: /',
    });
    expectLines(linesOf(checkSpec({ spec })), [
      'error TFG202 components.c.run.publish: components `a` and `c` both publish `/`',
      'error TFG202 components.d.run.publish: components `a` and `d` both publish `/`',
    ]);
  });

  test.each([
    ['registry', "registry: {host: 'registry.toolforge.org:5000'}", 1],
    ['cd', "argocd: {url: 'https://cd.toolforge.org/x'}", 1],
    ['git', "config_repo: {url: 'https://git.toolforge.org/t/c.git'}", 1],
    ['hello', "registry: {host: 'registry.toolforge.org:5000'}", 0],
  ])('tool %j may not take a host of the platform', (name, platform, count) => {
    const spec = specOf({ web: 'port: 1, publish: /' });
    const lines = linesOf(checkSpec({ name, spec, platform })).filter((line) => line.includes('TFG403'));
    expect(lines).toHaveLength(count);
  });
});

function expectLines(lines: readonly string[], expected: readonly string[]) {
  expect(lines).toHaveLength(expected.length);
  for (const [index, part] of expected.entries()) expect(lines[index]).toContain(part);
}
