import { describe, expect, test } from 'vitest';
import { excerptsOf } from '../../src/spec/excerpt.ts';
import { schemaOfFile } from '../../src/spec/file-schemas.ts';
import { treeOf } from '../../src/spec/shape.ts';

/** The line as shown, and under it what is underlined. */
function shown(
  text: string,
  line: number,
  column: number,
  endColumn: number,
  file = 'toolforge.yaml',
): string {
  const excerpt = excerptsOf(text, treeOf(schemaOfFile(file)))({ line, column, endLine: line, endColumn });
  if (excerpt === undefined) return '';
  return `${excerpt.text}\n${' '.repeat(excerpt.from)}${'^'.repeat(excerpt.width)}`;
}

const inRun = (lines: string) => `components:\n  web:\n    run:\n${lines}`;

describe('what an excerpt shows', () => {
  test.each([
    ['a known field', inRun('      port: 99999'), 4, 13, 18, '      port: 99999\n            ^^^^^'],
    ['no comment', inRun('      port: 1 # s3cret - [x]'), 4, 13, 14, '      port: 1 …\n            ^'],
    ['no unknown value', inRun('      token: s3cret-x y'), 4, 7, 12, '      token: …\n      ^^^^^'],
    ['no unknown map', inRun('      token: {a: s3cret, s3cret: b}'), 4, 7, 12, '      token: …\n      ^^^^^'],
    [
      'no value of env',
      inRun('      env: {A: s3cret, B: "s3cret"} # x'),
      4,
      13,
      14,
      '      env: {A: …, B: …} …\n            ^',
    ],
    [
      'no value of env over lines',
      inRun('      env:\n        A: |\n          s3cret\n'),
      6,
      11,
      17,
      '          …\n          ^',
    ],
    [
      'no anchor, tag or alias',
      inRun('      command: &s3cret !!str web'),
      4,
      30,
      33,
      '      command: … web\n                 ^^^',
    ],
    [
      'no alias',
      `x: &a s3cret\n${inRun('      env: {A: *a}')}`,
      5,
      16,
      18,
      '      env: {A: …}\n               ^',
    ],
    [
      'no password in a known field',
      inRun('      command: curl https://u:s3cret@x.org/?s3cret'),
      4,
      16,
      20,
      '      command: curl https://…@x.org/?…\n               ^^^^^^^^^^^^^^^^^^^^^^^^',
    ],
    [
      'the digest of an image',
      'components: {web: {build: {image: "a.b/c@sha256:x"}}}',
      1,
      35,
      51,
      'components: {web: {build: {image: "a.b/c@sha256:x"}}}\n                                  ^^^^^^^^^^^^^^^^',
    ],
    [
      'tabs as spaces, the caret in place',
      inRun('      port:\t99999'),
      4,
      13,
      18,
      '      port: 99999\n            ^^^^^',
    ],
    [
      'wide characters, the caret in place',
      inRun('      command: 日本 x # s3cret'),
      4,
      16,
      20,
      '      command: 日本 x …\n               ^^^^^^',
    ],
    [
      'no control character',
      inRun('      command: a\u202eb'),
      4,
      16,
      19,
      '      command: a�b\n               ^^^',
    ],
    ['nothing of a line that is not there', 'a: 1', 9, 1, 1, ''],
  ])('%s', (_, text, line, column, endColumn, expected) => {
    const result = shown(text, line, column, endColumn);
    expect(result).not.toContain('s3cret');
    const carets = /\^+$/.exec(result)?.[0].length ?? 0;
    const wanted = /\^+$/.exec(expected)?.[0].length ?? 0;
    // Where a value is cut short by a mask its underline ends with what is shown.
    if (!expected.includes('?…')) expect(carets).toBe(wanted);
    expect(result.split('\n')[0]).toBe(expected.split('\n')[0]);
    expect(result.indexOf('^') - result.indexOf('\n')).toBe(expected.indexOf('^') - expected.indexOf('\n'));
  });

  test.each([
    [
      'an unclosed quote before',
      inRun('      command: "web\n      env:\n        A: s3cret\n'),
      6,
      '        …',
    ],
    [
      'a quote that opens another',
      inRun('      command: "web\n      env:\n        A: "s3cret" s3cret\n'),
      6,
      '        …: …',
    ],
    ['text after a value', inRun('      env:\n        A: "x" s3cret: {\n'), 5, '        …: …'],
    [
      'a value that slips out of its map',
      inRun('      env:\n        A: |\n      s3cret line\n'),
      6,
      '      …',
    ],
    ['an address cut short', inRun('      command: "https://s3cret'), 4, '      command: "https://…'],
    ['an unknown key', inRun('      s3cret: [\n'), 4, '      …: …'],
  ])('nothing doubtful of a broken file: %s', (_, text, line, expected) => {
    expect(shown(text, line, 1, 2).split('\n')[0]).toBe(expected);
  });

  test('of a long line the part around the place', () => {
    const text = inRun(`      command: ${'x'.repeat(50_000)}\n`);
    const [line = '', carets = ''] = shown(text, 4, 30_000, 30_003).split('\n');
    expect(line).toBe(`…${'x'.repeat(120)}…`);
    expect(carets).toBe(`${' '.repeat(41)}^^^`);
  });

  test('other files by their own formats', () => {
    expect(shown('uid: 0\nport: 80\n', 1, 6, 7, 'tools-config/x/tenant.yaml')).toBe('uid: 0\n     ^');
    expect(shown('uid: 0\nport: 80\n', 2, 1, 5, 'tools-config/x/tenant.yaml')).toBe('port: …\n^^^^');
  });
});
