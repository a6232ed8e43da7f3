import { describe, expect, test } from 'vitest';
import { checkSpec, linesOf, specOf } from '../../support/check-spec.ts';

const RUN = 'components.web.run';

function expectOne(found: readonly string[], expected: string | undefined) {
  if (expected === undefined) expect(found).toEqual([]);
  else {
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  }
}

describe('command lines', () => {
  test.each([
    ['web', undefined],
    ['launcher web', undefined],
    [`bash -c "echo $(date) | wc -l && ls > /dev/null; cat <<< x"`, undefined],
    [`grep '|' "a && b" x\\;y`, undefined],
    [`bash -c "find ~/s/ -name 'x_*' \\( -size -1c -amin +60 \\) -delete"`, undefined],
    ['web --size=>1', undefined],
    ['echo "oops', 'error TFG210 components.web.run.command: a quote in `command` is not closed'],
    ["echo 'oops", 'error TFG210'],
    ['echo oops\\', 'error TFG210 components.web.run.command: `command` ends in a backslash'],
    ['launcher', 'error TFG210 components.web.run.command: `command` is `launcher` alone'],
    ['""', 'error TFG210 components.web.run.command: `command` names no program'],
    ['launcher ""', 'error TFG210'],
    ['a | b', 'warning TFG211 components.web.run.command: `|` in `command` is no operator'],
    ['a && b', 'warning TFG211'],
    ['a || b', 'warning TFG211'],
    ['a; b', 'warning TFG211 components.web.run.command: `a;` in `command`'],
    ['a > /tmp/x', 'warning TFG211'],
    ['a >>/tmp/x', 'warning TFG211'],
    ['a 2>&1', 'warning TFG211'],
    ['a < x', 'warning TFG211'],
    ['a &', 'warning TFG211'],
    ['a &>x', 'warning TFG211'],
  ])('%s', (command, expected) => {
    const spec = specOf({ web: `command: ${JSON.stringify(command)}` });
    expectOne(linesOf(checkSpec({ spec })), expected);
  });

  test('a health check is a command line too', () => {
    const spec = specOf({ web: `health_check_script: "a 'b"` });
    expectOne(linesOf(checkSpec({ spec })), `error TFG210 ${RUN}.health_check_script: a quote in`);
  });
});

describe('log files', () => {
  const ON = 'filelog: true, mount: all';
  test.each([
    [ON, undefined],
    [`${ON}, filelog_stdout: logs/x.out, filelog_stderr: /data/project/hello/x.err`, undefined],
    ['filelog: false', undefined],
    ['filelog: true', `error TFG212 ${RUN}.filelog: component \`web\` logs to files without`],
    ['filelog: true, mount: none', 'error TFG212'],
    ['filelog_stdout: x', `warning TFG212 ${RUN}.filelog_stdout: \`filelog_stdout\` has no effect`],
    [
      `${ON}, filelog_stdout: ../other/x`,
      `error TFG213 ${RUN}.filelog_stdout: \`filelog_stdout\` must not hold \`..\``,
    ],
    [`${ON}, filelog_stderr: /data/project/hello/../x`, 'error TFG213'],
    [`${ON}, filelog_stderr: ~/x`, 'error TFG213'],
    [`${ON}, filelog_stderr: $HOME/x`, 'error TFG213'],
    [`${ON}, filelog_stderr: logs/`, 'error TFG213'],
    [`${ON}, filelog_stderr: "a\\nb"`, 'error TFG213'],
    [`${ON}, filelog_stderr: a..b/c`, undefined],
  ])('run: {%s}', (run, expected) => {
    expectOne(linesOf(checkSpec({ spec: specOf({ web: run }) })), expected);
  });
});

describe('builds', () => {
  const PLATFORM =
    'registry: {host: reg.example.org, shared_projects: [shared]}\nimage_hosts: [docker.io]\nbuilders: {heroku-24: {image: a/b}, rust: {image: a/c}}\n';
  test.each([
    ['image: reg.example.org/tool-hello/x', undefined],
    ['image: reg.example.org/shared/x', undefined],
    ['image: "nginx:1.29"', undefined],
    ['repository: https://g.example.org/x, ref: main, builder: rust', undefined],
    [
      'image: reg.example.org/tool-other/x',
      "error TFG214 components.web.build.image: project `tool-other` of reg.example.org is not this tool's → allowed are the projects `tool-hello`, `shared`",
    ],
    ['image: reg.example.org/tool-hello-2/x', 'error TFG214'],
    ['image: reg.example.org/tool-hello', 'error TFG214'],
    [
      'image: quay.io/a/b',
      'error TFG214 components.web.build.image: images of quay.io may not run here → allowed are reg.example.org, docker.io',
    ],
    ['image: evil-reg.example.org/tool-hello/x', 'error TFG214'],
    ['image: reg.example.org:5000/tool-hello/x', 'error TFG214'],
    [
      'repository: https://g.example.org/x, ref: main, builder: rusty',
      'error TFG215 components.web.build.builder: the platform has no builder `rusty` → did you mean `rust`?',
    ],
    ['repository: https://g.example.org/x, ref: main, builder: constructor', 'error TFG215'],
  ])('build: {%s}', (build, expected) => {
    const spec = specOf({ web: '' }, { web: build });
    expectOne(linesOf(checkSpec({ spec, platform: PLATFORM })), expected);
  });

  test('what only the platform can allow is a warning for a lone file', () => {
    const spec = specOf(
      { web: '', job: '' },
      { web: 'image: quay.io/a/b', job: 'repository: https://g.example.org/x, ref: main, builder: rust' },
    );
    const found = linesOf(checkSpec({ spec, lone: true }));
    expect(found.map((line) => line.slice(0, 14))).toEqual(['warning TFG214', 'warning TFG215']);
  });
});

describe('environment', () => {
  test.each([
    'DB_PASSWORD',
    'API_KEY',
    'APIKEY',
    'OAUTH_TOKEN',
    'SECRET',
    'CLIENT_SECRET',
    'aws_secret_access_key',
    'PRIVATE_KEY',
    'DB_PASS',
    'TOKEN2',
  ])('%s looks like a secret, whose value is never repeated', (name) => {
    const checked = checkSpec({ spec: specOf({ web: `env: {${name}: hunter2}` }) });
    expectOne(linesOf(checked), `warning TFG216 ${RUN}.env.${name}: \`${name}\` looks like a secret`);
    expect(JSON.stringify(checked.diagnostics)).not.toContain('hunter2');
  });

  test.each([
    'TOKEN_URL',
    'PASSWORD_FILE',
    'TOKENIZER',
    'COMPASS',
    'KEYBOARD',
    'LOG_LEVEL',
    'MONKEY',
    'SECRET_NAME',
  ])('%s does not', (name) => {
    expect(linesOf(checkSpec({ spec: specOf({ web: `env: {${name}: x}` }) }))).toEqual([]);
  });
});
