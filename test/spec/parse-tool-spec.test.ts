import { describe, expect, test } from 'vitest';
import { parseSpec, specLines } from '../support/spec-lines.ts';

const REPOSITORY = 'repository: https://git.example.org/x, ref: main';

describe('names of components', () => {
  const NAMES = 'lower-case letters, digits, `-` and `.`, with a letter or digit at both ends';
  test.each([
    ['Web', `error TFG107 components.Web: a component cannot be called \`Web\` → call it \`web\`: ${NAMES}`],
    [
      '-web',
      `error TFG107 components.-web: a component cannot be called \`-web\` → call it \`web\`: ${NAMES}`,
    ],
    [
      '__proto__',
      `error TFG107 components.__proto__: a component cannot be called \`__proto__\` → call it \`proto\`: ${NAMES}`,
    ],
    [
      '"a b"',
      `error TFG107 components["a b"]: a component cannot be called \`a b\` → call it \`a-b\`: ${NAMES}`,
    ],
    [
      '../x',
      `error TFG107 components["../x"]: a component cannot be called \`../x\` → call it \`x\`: ${NAMES}`,
    ],
    [
      'a'.repeat(53),
      `error TFG107 components.${'a'.repeat(53)}: the component's name is longer than 52 characters → shorten it; use ${NAMES}`,
    ],
  ])('a component called %s', (name, line) => {
    expect(specLines(`components:\n  ${name}: {build: {reuse_from: x}, run: {command: web}}\n`)).toEqual([
      line,
    ]);
  });

  test.each([['constructor'], ['prototype'], ['0day'], ['a.b'], ['a'.repeat(52)]])(
    'a component called %s is fine',
    (name) => {
      const { value, diagnostics } = parseSpec(
        `components:\n  ${name}: {build: {reuse_from: x}, run: {command: web}}\n`,
      );
      expect(diagnostics).toEqual([]);
      expect(Object.keys(value?.components ?? {})).toEqual([name]);
    },
  );
});

describe('files that are something else', () => {
  test.each([
    [
      '- name: x\n  command: y\n',
      [
        'error TFG105 : this is a jobs list (of `toolforge jobs load`), not a toolforge.yaml → write each job as a component: its name under `components`, with `build` and `run` below',
      ],
    ],
    [
      'type: php8.2\nmem: 1Gi\ncpu: 1000m\n',
      [
        'error TFG105 : this is a service.template (of `toolforge webservice`), not a toolforge.yaml → write the webservice as a component: its name under `components`, with `build` and `run` below',
      ],
    ],
    [
      'just text\n',
      [
        'error TFG105 : the file must be a map with `components`, not text → begin with `components:`, and one named component indented below it',
      ],
    ],
    [
      'null\n',
      [
        'error TFG008 : the file is empty → begin with `components:`, and one named component indented below it',
      ],
    ],
    [
      'config_version: v1beta1\n',
      [
        'error TFG101 components: `components` is missing, so nothing would run → add `components:` with at least one named component',
      ],
    ],
    [
      'components: {}\n',
      [
        'error TFG101 components: `components` is empty, so nothing would run → add `components:` with at least one named component',
      ],
    ],
    [
      'components: [a]\n',
      [
        'error TFG102 components: `components` must be a map, not a list → write each one as its name and `:`, without `-`, and its keys indented below',
      ],
    ],
    [
      'components: {web: }\n',
      [
        'error TFG101 components.web: `web` is empty → write its keys on lines of their own below it, indented: `build:`, `run:` …',
      ],
    ],
    [
      'components: {web: {build: {reuse_from: x}, run: }}\n',
      [
        'error TFG101 components.web.run: `run` is empty → write its keys on lines of their own below it, indented: `command:`, `cpu:` …',
      ],
    ],
    [
      'components: {web: {}}\n',
      [
        'error TFG101 components.web.build: `build` is missing',
        'error TFG101 components.web.run: `run` is missing',
      ],
    ],
    [
      'config_version: v2\nsource_url: ftp://x/y\n',
      [
        'error TFG103 config_version: `config_version` must be `v1beta1`, not `v2` → write `v1beta1`',
        'error TFG109 source_url: `source_url` must be the address of a spec to fetch, beginning with https:// or http://',
      ],
    ],
  ])('%j', (text, lines) => {
    expect(specLines(text)).toEqual(lines);
  });
});

describe('several mistakes', () => {
  const text = `components:
  good: {build: {reuse_from: bad}, run: {command: web, replica: 2}}
  bad: {build: {${REPOSITORY}, image: x/y}, run: {command: [x], port: 0, cpu: lots, env: {1: a}}}
  Worse: {run: {command: web}}
`;
  test('are all found at once, and what is right is kept for further checks', () => {
    const { value, intact, doubts, broken, diagnostics } = parseSpec(text);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, line }) => `${code}:${line}`).sort()).toEqual(
      [
        'TFG009:3',
        'TFG101:4',
        'TFG102:3',
        'TFG104:3',
        'TFG106:2',
        'TFG107:4',
        'TFG108:3',
        'TFG110:3',
        'TFG111:3',
      ].sort(),
    );
    expect(Object.keys(intact?.components ?? {}).sort()).toEqual(['Worse', 'bad', 'good']);
    expect(Object.fromEntries([...doubts].map(([name, set]) => [name, [...set].sort()]))).toEqual({
      Worse: ['build', 'name'],
      bad: ['build', 'command', 'cpu', 'env', 'port'],
      good: [],
    });
    expect([...broken]).toEqual([]);
  });

  test('a duplicate key is an error beside the others', () => {
    expect(
      specLines(
        'components:\n  a: {build: {reuse_from: x}, run: {command: web, port: 1, port: 0}, mem: 1}\n',
      ),
    ).toEqual([
      'error TFG003 components.a.run.port: the key `port` is already set in this map, in line 2 → remove one of the two',
      'warning TFG106 components.a.mem: unknown key `mem` → `memory` belongs under `run`',
    ]);
  });
});

test('no message holds a value of env, of an unknown key, or the user part of an address', () => {
  const text = `token: s3cret
components:
  web:
    pass: {s3cret: [s3cret]}
    build: {repository: "https://s3cret:s3cret@x.org/y", ref: "https://s3cret:s3cret@x.org"}
    run: {command: web, env: {A: s3cret, A: s3cret, B: [s3cret], C: {x: s3cret}, PORT: s3cret}, prot: s3cret}
`;
  const all = JSON.stringify(parseSpec(text).diagnostics);
  expect(parseSpec(text).diagnostics.length).toBeGreaterThan(7);
  expect(all).not.toContain('s3cret');
});
