import { describe, expect, test } from 'vitest';
import { checkSpec } from '../support/check-spec.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

/** What a person who made the mistake is shown. */
function shown(spec: string): readonly string[] {
  return checkSpec({ spec, lone: true }).diagnostics.map(showDiagnostic);
}

const BUILD = `    build:
      repository: https://git.example.org/x
      ref: main
`;
const WEB = `components:\n  web:\n${BUILD}`;

describe('indentation', () => {
  test.each([
    {
      name: 'keys beside run',
      spec: `${WEB}    run:\n    command: web\n    port: 8000\n    publish: /\n`,
      line: 'error TFG101 6:5 components.web.run: `run` is empty → indent `command`, `port` and `publish` below `run:`',
    },
    {
      name: 'one key beside run',
      spec: `${WEB}    command: web\n    run:\n      port: 8000\n`,
      line: 'error TFG101 6:5 components.web.command: `command` is missing; it stands in the wrong place → `command` belongs under `run`',
    },
    {
      name: 'build and run beside the component',
      spec: 'components:\n  web:\n  build: {reuse_from: x}\n  run: {command: web}\n',
      line: 'error TFG101 2:3 components.web: component `web` is empty: `build` and `run` stand beside it, not in it → indent `build` and `run` below `web`',
    },
    {
      name: 'a component beside components',
      spec: 'components:\nweb:\n  build: {image: registry.example.org/tool-hello/x}\n  run: {command: web}\n',
      line: 'error TFG101 1:1 components: `components` is empty, so nothing would run → indent `web` below `components:`',
    },
    {
      name: 'a component in another one',
      spec: `${WEB}    run: {command: web}\n    job:\n      build: {reuse_from: web}\n      run: {command: x}\n`,
      line: 'warning TFG106 7:5 components.web.job: unknown key `job` → `job` belongs beside `web`, not in it',
    },
    {
      name: 'build in run',
      spec: 'components:\n  web:\n    run:\n      command: web\n      build: {image: registry.example.org/tool-hello/x}\n',
      line: 'error TFG101 5:7 components.web.run.build: `build` is missing; it stands in the wrong place → `build` belongs one level up, beside `run`',
    },
    {
      name: 'tabs',
      spec: 'components:\n  web:\n\tbuild:\n\t  ref: main\n\trun:\n',
      line: 'error TFG001 3:1 : a tab stands where YAML takes spaces only, here and in 2 more places → indent with spaces',
    },
    {
      name: 'a line too deep',
      spec: `${WEB}    run:\n      command: web\n\n        port: 8000\n      publish: /\n`,
      line: 'error TFG001 9:9 : this line is indented deeper than the one above it, which already has a value → indent keys of the same map equally',
    },
    {
      name: 'a line too deep below a comment',
      spec: `${WEB}    run:\n      command: web\n      # the port\n        port: 8000\n      publish: /\n`,
      line: 'error TFG001 9:9 : this line is not indented like the lines that it belongs to → indent keys of the same map equally',
    },
    {
      name: 'a line not deep enough',
      spec: `${WEB}    run:\n      command: web\n     port: 8000\n      publish: /\n`,
      line: 'error TFG001 8:6 : this line is not indented like the lines that it belongs to → indent keys of the same map equally',
    },
  ])('$name', ({ spec, line }) => {
    expect(shown(spec)).toEqual([line]);
  });

  test('many misplaced keys are counted', () => {
    const keys = ['command: x', 'port: 1', 'cpu: 1', 'memory: 1Gi', 'emails: all', 'mount: none'];
    expect(shown(`${WEB}    run:\n${keys.map((key) => `    ${key}\n`).join('')}`)).toEqual([
      'error TFG101 6:5 components.web.run: `run` is empty → indent `command`, `port`, `cpu` and 3 more keys below `run:`',
    ]);
  });

  test('components that are called like parts of one are components', () => {
    const part = `${BUILD}    run: {command: web}\n`;
    expect(shown(`components:\n  build:\n${part}  run:\n${part}`)).toEqual([]);
  });
});

describe('YAML', () => {
  const value = (text: string) =>
    `${WEB}    run:\n      command: web\n      schedule: ${text}\n      retry: 3\n`;
  const STAR =
    'error TFG001 8:17 : a value that begins with `*` must stand in quotes → such as "* * * * *" or "*/5 * * * *"';
  test.each([
    ['every minute', value('* * * * *'), [STAR]],
    ['every five minutes', value('*/5 * * * *'), [STAR]],
    [
      '@daily',
      value('@daily'),
      [
        'error TFG001 8:17 : a value cannot begin with this character unless it is quoted → put the value in quotes',
      ],
    ],
    [
      'a merge conflict',
      'components:\n<<<<<<< HEAD\n  web: x\n=======\n  web: y\n>>>>>>> branch\n',
      [
        'error TFG001 2:1 : here begins a merge conflict that git could not resolve → keep one of the two versions, and remove the lines of `<`, `=` and `>`',
      ],
    ],
    [
      'two faults far from each other',
      'a:\n  command web\n  port: 1\nb:\n  c: 1\n  d: @x\ne:\n  command web\n  port: 1\n',
      [
        'error TFG001 2:3 : this is no `key: value` → put a `:` and a space after the key; quote text that spans lines',
        'error TFG001 6:6 : a value cannot begin with this character unless it is quoted → put the value in quotes',
        'error TFG001 8:3 : this is no `key: value` → put a `:` and a space after the key; quote text that spans lines',
      ],
    ],
    [
      'a list among keys',
      `${WEB}    run:\n      - command: x\n      port: 8000\n      - y\n`,
      [
        'error TFG001 8:7 : this line is not indented like the lines that it belongs to → indent keys of the same map equally',
      ],
    ],
    [
      'no space after the colons',
      `${WEB}    run:\n      command:web\n      port:8000\n`,
      ['error TFG102 7:7 components.web.run: `run` must be a map, not text → put a space after each `:`'],
    ],
  ])('%s', (_, spec, lines) => {
    expect(shown(spec)).toEqual(lines);
  });
});

describe('a key that is missing and one that was meant to be it', () => {
  const run = (keys: string, rest = '') => `${WEB}${rest}    run: {${keys}}\n`;
  test.each([
    [
      run('comand: web'),
      'error TFG101 6:11 components.web.run.comand: `command` is missing; `comand` is no known key → did you mean `command`?',
    ],
    [
      run('command: web, ports: 8000, publish: /, health_check_http: /, port_protocol: tcp'),
      'error TFG201 6:25 components.web.run.ports: component `web` is published without a port; `ports` is no known key → did you mean `port`?',
    ],
    [
      run('command: web, shedule: "@daily"', '    component_type: scheduled\n').replace('6:', '7:'),
      'error TFG206 7:25 components.web.run.shedule: component `web` is scheduled but has no `schedule`; `shedule` is no known key → did you mean `schedule`?',
    ],
    [
      run('command: web, shedule: "@daily", retry: 2, timeout: 5'),
      'error TFG205 6:25 components.web.run.shedule: `retry` is for scheduled and one-off components; `web` is continuous, since it has no `component_type`; `shedule` is no known key → did you mean `schedule`?',
    ],
    [
      'components:\n  web:\n    build: {reuse-from: web}\n    run: {command: web}\n',
      'error TFG110 3:13 components.web.build.reuse-from: build says nowhere where the image comes from; `reuse-from` is no known key → did you mean `reuse_from`?',
    ],
    [
      'component:\n  web: {build: {reuse_from: x}, run: {}}\n',
      'error TFG101 1:1 component: `components` is missing, so nothing would run; `component` is no known key → did you mean `components`?',
    ],
  ])('%j', (spec, line) => {
    expect(shown(spec)).toEqual([line]);
  });

  test('a key that is only unknown stays a warning, and an error with --strict', () => {
    const spec = run('command: web, port_protocol: tcp, ports: 8000');
    expect(shown(spec)).toEqual([
      'warning TFG106 6:45 components.web.run.ports: unknown key `ports` → did you mean `port`?',
    ]);
    expect(checkSpec({ spec, strict: true }).diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('what is told to people holds nothing else', () => {
    const { diagnostics } = checkSpec({ spec: run('comand: web, zzz: 1, port: 99999') });
    for (const diagnostic of diagnostics) {
      expect(Object.keys(diagnostic).sort()).toEqual(
        [
          'code',
          'column',
          'endColumn',
          'endLine',
          'file',
          'line',
          'message',
          'path',
          'severity',
          'suggestion',
        ].sort(),
      );
    }
  });

  test('two keys without a port have one remedy', () => {
    expect(
      shown(run('command: web, publish: /, health_check_http: /')).map((line) => line.slice(0, 12)),
    ).toEqual(['error TFG201']);
  });
});

describe('what follows from another mistake is not told', () => {
  const two = (name: string, build: string, reuse: string) =>
    `components:\n  ${name}: {build: ${build}, run: {command: web}}\n  job: {build: {reuse_from: ${reuse}}, run: {command: x}}\n`;
  test.each([
    ['reuse of a component whose build is wrong', two('web', '{}', 'web'), ['TFG110']],
    [
      'reuse of a component by the name that it will get',
      two('My_Web', '{image: registry.example.org/tool-hello/x}', 'my-web'),
      ['TFG107'],
    ],
    [
      'reuse of a component by its bad name',
      two('My_Web', '{image: registry.example.org/tool-hello/x}', 'My_Web'),
      ['TFG107'],
    ],
    [
      'reuse of what is no component',
      'components:\n  web: text\n  job: {build: {reuse_from: web}, run: {command: x}}\n',
      ['TFG102'],
    ],
    [
      'another path beside the published one',
      `${WEB}    run: {command: web, port: 1, publish: /}\n  api:\n${BUILD}    run: {command: api, port: 2, publish: /api}\n`,
      ['TFG103'],
    ],
    [
      'a port of a component with a bad name',
      `components:\n  Web.x:\n${BUILD}    run: {command: web, port: 1}\n`,
      ['TFG107'],
    ],
    [
      'a log file where filelog is wrong',
      `${WEB}    run: {command: web, filelog: perhaps, filelog_stdout: x}\n`,
      ['TFG102'],
    ],
    [
      'a kind that nobody can guess',
      `${WEB}    component_type: zzz\n    run: {command: web, retry: 3}\n`,
      ['TFG103'],
    ],
    [
      'more than a container may have, and so than the quota',
      `${WEB}    run: {command: web, cpu: 99, memory: 900Gi}\n`,
      ['TFG301', 'TFG301'],
    ],
  ])('%s', (_, spec, codes) => {
    expect(checkSpec({ spec }).diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});
