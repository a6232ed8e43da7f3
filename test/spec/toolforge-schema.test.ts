import { describe, expect, test } from 'vitest';
import { parseSpec, specLines, withBuild, withRun } from '../support/spec-lines.ts';

const REPOSITORY = 'repository: https://git.example.org/x, ref: main';

describe('fields that are accepted', () => {
  test.each([
    ['port: 8000', { port: 8000 }],
    ['port: "8000"', { port: 8000 }],
    ['port: 8000.0', { port: 8000 }],
    ['port: " 8_000 "', { port: 8000 }],
    ['port: 0x1F90', { port: 8080 }],
    ['port: null', { port: undefined }],
    ['port: ~, publish: ~, emails: ~', {}],
    ['cpu: 1', { cpu: '1' }],
    ['cpu: 0.5', { cpu: '0.5' }],
    ['cpu: "3"', { cpu: '3' }],
    ['cpu: 500m', { cpu: '500m' }],
    ['memory: 0.5Gi', { memory: '0.5Gi' }],
    ['memory: 3G', { memory: '3G' }],
    ['filelog: yes', { filelog: true }],
    ['filelog: "On"', { filelog: true }],
    ['filelog: "0"', { filelog: false }],
    ['filelog: 1', { filelog: true }],
    ['retry: 5, timeout: 0', { retry: 5, timeout: 0 }],
    [
      'emails: onfinish, mount: all, port_protocol: udp',
      { emails: 'onfinish', mount: 'all', port_protocol: 'udp' },
    ],
    ['publish: /', { publish: '/' }],
    ['health_check_http: /x?deep=1', { health_check_http: '/x?deep=1' }],
    ['schedule: 02 07 * * *', { schedule: '02 07 * * *' }],
    ['env: {A: 1.50, B: on, C: "", D: 0x1F}', { env: { A: '1.50', B: 'on', C: '', D: '0x1F' } }],
    ['on_deploy: true', { on_deploy: true }],
  ])('run: %s', (run, fields) => {
    const { value, diagnostics } = parseSpec(withRun(run));
    expect(diagnostics).toEqual([]);
    expect(value?.components.web?.run).toMatchObject(fields);
  });

  test.each([
    [REPOSITORY],
    ['repository: http://git.example.org/x.git, ref: HEAD'],
    ['repository: git://git.example.org/x, ref: refs/tags/v1.4.0'],
    [`${REPOSITORY}, use_latest_versions: true, builder: heroku-24`],
    ['image: registry.example.org/shared/nginx:1.29'],
    ['reuse_from: other, image: ~, repository: null'],
    ['repository: "https://git.example.org/@scope/x", ref: feature/x#1'],
  ])('build: {%s}', (build) => {
    expect(specLines(withBuild(build))).toEqual([]);
  });

  test.each([
    ['config_version: v1beta1\n'],
    ['config_version:\n'],
    ['source_url: https://git.example.org/x/raw/toolforge.yaml\n'],
  ])('top: %j', (top) => {
    expect(specLines(top + withRun('port: 1'))).toEqual([]);
  });

  test('a source_url alone is a spec: the platform fetches the rest', () => {
    const { value, diagnostics } = parseSpec('source_url: https://git.example.org/x/raw/toolforge.yaml\n');
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({ source_url: 'https://git.example.org/x/raw/toolforge.yaml', components: {} });
  });

  test('no default is filled in', () => {
    expect(Object.keys(parseSpec(withRun('port: 1')).value?.components.web?.run ?? {})).toEqual([
      'command',
      'port',
    ]);
  });
});

describe('fields that are not', () => {
  const PORT = 'give the port that the process listens on, such as 8000';
  const LINE = 'write it as one text on the same line';
  const units = 'a number and a unit: "512Mi", "1Gi", "3G"';
  const cores = 'cores, or thousandths of one with `m`: "1", "0.5", "500m"';
  test.each([
    ['port: 99999', 'TFG104', 'port', '`port` must be a whole number from 1 to 65535, not 99999'],
    ['port: 0', 'TFG104', 'port', '`port` must be a whole number from 1 to 65535, not 0'],
    ['port: 80.5', 'TFG102', 'port', '`port` must be a whole number from 1 to 65535', PORT],
    ['port: eighty', 'TFG102', 'port', '`port` must be a whole number from 1 to 65535, not text', PORT],
    ['port: yes', 'TFG102', 'port', '`port` must be a whole number from 1 to 65535, not true or false', PORT],
    ['port: .inf', 'TFG102', 'port', '`port` must be a whole number from 1 to 65535', PORT],
    [
      'memory: 512MB',
      'TFG108',
      'memory',
      '`memory` must be an amount of memory above zero, not `512MB`',
      'did you mean "512M"?',
    ],
    [
      'memory: 512 mib',
      'TFG108',
      'memory',
      '`memory` must be an amount of memory above zero, not `512 mib`',
      'did you mean "512Mi"?',
    ],
    [
      'cpu: 2 cores',
      'TFG108',
      'cpu',
      '`cpu` must be an amount of CPU above zero, not `2 cores`',
      'did you mean "2"?',
    ],
    [
      'cpu: "0,5"',
      'TFG108',
      'cpu',
      '`cpu` must be an amount of CPU above zero, not `0,5`',
      'did you mean "0.5"?',
    ],
    [
      'timeout: 1h',
      'TFG102',
      'timeout',
      '`timeout` must be a whole number of 0 or more, not text',
      'give seconds, such as 3600 for an hour',
    ],
    [
      'publish: 8000',
      'TFG103',
      'publish',
      '`publish` must be `/`, not a number',
      'give the port as `port: 8000`, and write `publish: /`',
    ],
    ['publish: no', 'TFG103', 'publish', '`publish` must be `/`, not true or false', 'remove `publish`'],
    [
      'emails: me@example.org',
      'TFG103',
      'emails',
      '`emails` must be one of `none`, `all`, `onfinish`, `onfailure`, not `me@example.org`',
      "mails go to the tool's maintainers: say when, such as `onfailure`",
    ],
    ['filelog: {toString: 1}', 'TFG102', 'filelog', '`filelog` must be true or false, not a map'],
    ['retry: 9', 'TFG104', 'retry', '`retry` must be a whole number from 0 to 5, not 9'],
    ['timeout: -1', 'TFG104', 'timeout', '`timeout` must be a whole number of 0 or more, not -1'],
    ['replicas: 0', 'TFG104', 'replicas', '`replicas` must be a whole number of 1 or more, not 0'],
    ['cpu: lots', 'TFG108', 'cpu', '`cpu` must be an amount of CPU above zero, not `lots`', cores],
    ['cpu: 0', 'TFG108', 'cpu', '`cpu` must be an amount of CPU above zero, not `0`', cores],
    ['cpu: -1', 'TFG108', 'cpu', '`cpu` must be an amount of CPU above zero, not `-1`', cores],
    [
      'memory: 512',
      'TFG108',
      'memory',
      '`memory` must be an amount of memory with its unit, not a number',
      units,
    ],
    [
      'memory: 1gb',
      'TFG108',
      'memory',
      '`memory` must be an amount of memory above zero, not `1gb`',
      'did you mean "1G"?',
    ],
    [
      'emails: onfailures',
      'TFG103',
      'emails',
      '`emails` must be one of `none`, `all`, `onfinish`, `onfailure`, not `onfailures`',
      'did you mean `onfailure`?',
    ],
    ['mount: no', 'TFG103', 'mount', '`mount` must be one of `all`, `none`, not true or false'],
    [
      'port_protocol: TCP',
      'TFG103',
      'port_protocol',
      '`port_protocol` must be one of `tcp`, `udp`, not `TCP`',
      'did you mean `tcp`?',
    ],
    [
      'publish: /api',
      'TFG103',
      'publish',
      '`publish` must be `/`, not `/api`',
      "write `/`: the component gets every path of the tool's address, this one too",
    ],
    ['filelog: maybe', 'TFG102', 'filelog', '`filelog` must be true or false, not text'],
    ['schedule: [a]', 'TFG102', 'schedule', '`schedule` must be text, not a list', LINE],
    [
      'health_check_script: 5',
      'TFG102',
      'health_check_script',
      '`health_check_script` must be text, not a number',
      'put the value in quotes',
    ],
    [
      'env: {1A: x}',
      'TFG111',
      'env.1A',
      '`1A` is no name of an environment variable',
      'use letters, digits and `_`, and begin with a letter or `_`',
    ],
    ['env: {PORT: 1}', 'TFG111', 'env.PORT', '`PORT` is set by the platform', 'set `run.port` instead'],
    ['env: {NO_HOME: 1}', 'TFG111', 'env.NO_HOME', '`NO_HOME` is set by the platform', 'remove it'],
    ['env: {A: [s3cret]}', 'TFG111', 'env.A', '`A` must be text, not a list'],
    ['env: {A: }', 'TFG101', 'env.A', '`A` is empty'],
    [
      'env: [A]',
      'TFG102',
      'env',
      '`env` must be a map, not a list',
      'write one `NAME: value` a line below it, indented, without `-`',
    ],
    [
      'env: {__proto__: x}',
      'TFG111',
      'env.__proto__',
      '`__proto__` is no name of an environment variable',
      'use letters, digits and `_`, and begin with a letter or `_`',
    ],
  ])('run: %s', (run, code, path, message, suggestion?: string) => {
    const hint = suggestion === undefined ? '' : ` → ${suggestion}`;
    expect(specLines(withRun(run))).toEqual([`error ${code} components.web.run.${path}: ${message}${hint}`]);
  });

  const REMOVE = 'remove the part before `@`; give the platform access to the repository instead';
  const SCHEME =
    '`repository` must be the address of a git repository, beginning with https://, http:// or git://';
  test.each([
    [
      '',
      'error TFG110 components.web.build: build says nowhere where the image comes from → set `repository` and `ref`, or `reuse_from`, or `image`',
    ],
    [
      'repository: https://git.example.org/x',
      'error TFG101 components.web.build: `ref` is missing: which branch, tag or commit is built? → add `ref: HEAD` for the default branch',
    ],
    [
      `${REPOSITORY}, reuse_from: x`,
      'error TFG110 components.web.build.reuse_from: `reuse_from` and `repository` exclude each other → keep one of them',
    ],
    [
      'image: a.b/c, ref: main',
      'error TFG110 components.web.build.ref: `ref` goes with `repository`, not with `image` → remove `ref`',
    ],
    [
      'reuse_from: x, builder: y',
      'error TFG110 components.web.build.builder: `builder` goes with `repository`, not with `reuse_from` → remove `builder`',
    ],
    [
      'repository: "https://bob:s3cret@git.example.org/x", ref: main',
      `error TFG109 components.web.build.repository: \`repository\` must not hold a user name or password → ${REMOVE}`,
    ],
    [
      'repository: "https://s3cret@git.example.org/x", ref: main',
      `error TFG109 components.web.build.repository: \`repository\` must not hold a user name or password → ${REMOVE}`,
    ],
    ['repository: "file:///etc", ref: main', `error TFG109 components.web.build.repository: ${SCHEME}`],
    [
      'repository: "git@git.example.org:x/y", ref: main',
      `error TFG109 components.web.build.repository: ${SCHEME} → builds have no SSH key: use the https:// address`,
    ],
    ['repository: "--upload-pack=x", ref: main', `error TFG109 components.web.build.repository: ${SCHEME}`],
    [
      'repository: "https:///x", ref: main',
      'error TFG109 components.web.build.repository: `repository` is no valid address for a git repository',
    ],
    [
      'repository: https://git.example.org/x, ref: --all',
      'error TFG103 components.web.build.ref: `ref` is no valid git reference: `--all` → a branch, a tag, a commit, or HEAD',
    ],
    [
      'repository: https://git.example.org/x, ref: a..b',
      'error TFG103 components.web.build.ref: `ref` is no valid git reference: `a..b` → a branch, a tag, a commit, or HEAD',
    ],
    [
      'repository: https://git.example.org/x, ref: 1.10',
      'error TFG102 components.web.build.ref: `ref` must be text, not a number → put the value in quotes',
    ],
    [
      'image: "UPPER/case"',
      'error TFG112 components.web.build.image: `image` is no image reference → registry.example.org/project/name:tag, or …@sha256:… for one exact build',
    ],
  ])('build: {%s}', (build, line) => {
    expect(specLines(withBuild(build))).toEqual([line]);
  });
});
