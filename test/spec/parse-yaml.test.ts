import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml, SIZE_MAX } from '../../src/spec/parse-yaml.ts';
import { showDiagnostic } from '../support/show-diagnostic.ts';

const parse = (text: string) => parseYaml({ file: 'f.yaml', text });
const linesOf = (text: string) => parse(text).diagnostics.map(showDiagnostic);

describe('values', () => {
  test.each([
    [
      'anchors and merge keys',
      'a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}',
      { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } },
    ],
    ['a list of merges, the first wins', 'b: {<<: [{p: 1}, {p: 2, q: 2}]}', { b: { p: 1, q: 2 } }],
    ['a quoted << is a key', '"<<": 1', { '<<': 1 }],
    ['block scalars', 'a: |\n  x\n  y\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
    ['quotes keep text', `a: "0644"\nb: 'yes'\nc: !!str 5`, { a: '0644', b: 'yes', c: '5' }],
    [
      'tags that fit',
      'a: !!int "5"\nb: !!null ~\nc: !!bool "on"\nd: ! 5',
      { a: 5, b: null, c: true, d: '5' },
    ],
    ['CR LF and a BOM', '\ufeffa: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
    ['no newline at the end', 'a: {b: c}', { a: { b: 'c' } }],
    ['dates stay text', 'a: 2026-11-24T10:00:00Z', { a: '2026-11-24T10:00:00Z' }],
  ])('%s', (_, text, value) => {
    const { value: got, diagnostics } = parse(text);
    expect(diagnostics).toEqual([]);
    expect(got).toEqual(value);
  });

  test('keys of the prototype are keys like any other', () => {
    const { value } = parse('__proto__: {polluted: 1}\nconstructor: 2\nprototype: 3\n');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'prototype']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('merged prototype keys pollute nothing', () => {
    const { value } = parse('a: &x {__proto__: {polluted: 1}}\nb: {<<: *x}\n');
    const { b } = value as { b: object };
    expect(Object.keys(b)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(b)).toBe(Object.prototype);
  });

  test('the text of a scalar is kept as written', () => {
    const parsed = parse('a: 0644\nb: "x"\nc: yes\nd: [1]\ne: &q 1_0\nf: *q\n');
    expect(['a', 'b', 'c', 'd', 'f', 'g'].map((key) => parsed.written([key]))).toEqual([
      '0644',
      'x',
      'yes',
      undefined,
      '1_0',
      undefined,
    ]);
  });
});

describe('faults', () => {
  test.each([
    [
      '',
      ['error TFG008 1:1 : the file is empty → write what it is to say, or delete it where it is not needed'],
    ],
    [
      '# only\n',
      ['error TFG008 1:1 : the file is empty → write what it is to say, or delete it where it is not needed'],
    ],
    [
      'a: 1\nb: 2\na: 3\n',
      ['error TFG003 3:1 a: the key `a` is already set in this map, in line 1 → remove one of the two'],
    ],
    [
      'a: 1\n---\nb: 2\n',
      [
        'error TFG006 2:1 : a second document begins here; the file must hold one → remove the `---` line and what follows it',
      ],
    ],
    [
      'on: 1\n',
      ['warning TFG009 1:1 on: YAML reads the key `on` as a boolean, not as text → write it in quotes: "on"'],
    ],
    [
      'a:\n  01: x\n',
      [
        'warning TFG009 2:3 a.01: YAML reads the key `01` as a number, not as text → write it in quotes: "01"',
      ],
    ],
    ['? [a]\n: 1\n', ['error TFG010 1:3 : a key must be text, not a list or map']],
    [
      'a: !custom x\n',
      [
        'error TFG011 1:12 : this value has a tag (`!…`) that does not fit it or is not supported → remove the tag',
      ],
    ],
    [
      'a: *nope\n',
      [
        'error TFG012 1:4 : this alias refers to no anchor above it → put the value in quotes if its `*` is text',
      ],
    ],
    ['a: &x [*x]\n', ['error TFG012 1:8 : this alias refers to what it is part of → write the value out']],
    [
      'a: {<<: 1}\n',
      ['error TFG013 1:9 a: a merge key `<<` takes a map, an alias of one, or a list of them'],
    ],
    [
      'a: "x\nb: 1\n',
      ['error TFG001 1:4 : this quote is never closed → close it with `"` where the value ends'],
    ],
    [
      'a: [1\nb: 1\n',
      ['error TFG001 1:4 : this bracket is never closed → close it with `]` where the value ends'],
    ],
    [
      'a: b: c\n',
      [
        'error TFG001 1:4 : a `: ` within a value makes it look like a nested map → put the value in quotes, or give the nested map its own lines',
      ],
    ],
    ['a:\n\tb: 1\n', ['error TFG001 2:1 : a tab stands where YAML takes spaces only → indent with spaces']],
    [
      'a: @x\n',
      [
        'error TFG001 1:4 : a value cannot begin with this character unless it is quoted → put the value in quotes',
      ],
    ],
    [
      'a: \u0000\n',
      [
        'error TFG007 1:4 : the file is no UTF-8 text: it holds a control character or other binary data → save it as UTF-8, without binary content',
      ],
    ],
    [
      'a: \ufffd\n',
      [
        'error TFG007 1:4 : the file is no UTF-8 text: it holds a control character or other binary data → save it as UTF-8, without binary content',
      ],
    ],
  ])('%j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  test('a file over 256 KiB is not read, one of exactly that size is', () => {
    expect(linesOf(`a: ${'é'.repeat(SIZE_MAX / 2)}`)).toEqual([
      'error TFG002 1:1 : the file is larger than 256 KiB → shorten it: leave out what is not needed, or share the work among several tools',
    ]);
    expect(linesOf(`a: ${'x'.repeat(SIZE_MAX - 3)}`)).toEqual([]);
    expect(linesOf(`a: ${'x'.repeat(10 * 1024 * 1024)}`)).toHaveLength(1);
  });

  test.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(20_000)],
    ['dashes', '- '.repeat(50_000)],
    ['question marks', '? '.repeat(50_000)],
    ['indentation', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('%s nested too deep end early', (_, text) => {
    expect(parse(text).diagnostics.map(({ code }) => code)).toEqual(['TFG005']);
  });

  test('an alias bomb is named once and expands to nothing', () => {
    const lists = ['b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
      (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`,
    );
    const { value, diagnostics } = parse(['a: &a [x]', ...lists].join('\n'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['TFG004']);
    expect(value).toBeUndefined();
  });

  test('aliases cannot nest deeper than the text may', () => {
    const chain = Array.from({ length: 3000 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}]`);
    const { diagnostics } = parse(['a0: &a0 x', ...chain].join('\n'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['TFG004']);
  });

  const LONG = 200_000;
  test.each([
    ['spaces within a value', `a: x${' '.repeat(LONG)}y\n`],
    ['spaces after quotes', `a: "x"${' '.repeat(LONG)}y\n`],
    ['spaces before a comment', `a: x${' '.repeat(LONG)}#\n`],
    ['digits', `a: ${'1'.repeat(LONG)}x\n`],
    ['digits and colons', `a: 1${':1'.repeat(LONG / 2)}x\n`],
    ['one key after the other', Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['one quote after the other', `a: ${'"'.repeat(LONG / 4)}`],
    ['one key in the other', `a${': a'.repeat(LONG / 3)}`],
  ])('a long run of %s takes no longer than it is long', (_, text) => {
    expect(parse(text).file).toBe('f.yaml');
  });

  test('messages stay short and on one line, whatever a key holds', () => {
    const long = '1'.repeat(1000);
    const { diagnostics } = parse(`${long}: 1\n${long}: 2\n"a\\nb": 1\n"a\\nb": 2\n`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TFG009', 'TFG009', 'TFG003', 'TFG003']);
    for (const { message, suggestion } of diagnostics)
      expect(`${message}${suggestion}`).toMatch(/^.{1,200}$/);
  });

  test('a duplicate key keeps the first value, so that the rest is still checked', () => {
    const { value } = parse('a: 1\na: 2\nb: 3\n');
    expect(value).toEqual({ a: 1, b: 3 });
  });
});

describe('locate', () => {
  const text = 'a:\n  b: &x {c: "d", 😀: 1}\n  list:\n    - k: v\n    - w\nm: {<<: *x}\ne:\n';
  const parsed = parse(text);
  const shown = (path: (string | number)[], what?: 'key' | 'value') => {
    const { line, column, endLine, endColumn } = parsed.locate(path, what);
    return `${line}:${column}-${endLine}:${endColumn}`;
  };

  test.each([
    ['a value', ['a', 'b', 'c'], 'value', '2:13-2:16'],
    ['a key', ['a', 'b', 'c'], 'key', '2:10-2:11'],
    ['columns count UTF-16 units', ['a', 'b', '😀'], 'value', '2:22-2:23'],
    ['a map over lines is shown by its key', ['a'], 'value', '1:1-1:2'],
    ['a flow map as a whole', ['a', 'b'], 'value', '2:9-2:24'],
    ['an item of a list', ['a', 'list', 1], 'value', '5:7-5:8'],
    ['an item that is a map begins at its first key', ['a', 'list', 0], 'value', '4:7-4:8'],
    ['what is missing, by what encloses it', ['a', 'list', 7, 'x'], 'value', '3:3-3:7'],
    ['an empty value by its key', ['e'], 'value', '7:1-7:2'],
    ['a merged value where it stands', ['m', 'c'], 'value', '2:13-2:16'],
    ['nothing at all at the beginning', ['zzz'], 'value', '1:1-1:1'],
  ] as const)('%s', (_, path, what, expected) => {
    expect(shown([...path], what)).toBe(expected);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'b: ',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '&x ',
      '*x',
      '!!int ',
      '!t ',
      '|',
      '>',
    ],
    ...[
      '# c',
      '\t',
      '---\n',
      '...',
      '? ',
      '<<: ',
      '0644',
      'yes',
      '%YAML 1.1\n',
      '@',
      '`',
      '\r\n',
      'é',
      '😀',
      '\\',
      '__proto__: ',
    ],
  );
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 60, unit: 'binary' }),
  );

  test('never throws, says why there is no value, and points into the file', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { value, diagnostics } = parse(text);
        expect(value !== undefined || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
        for (const { line, column, endLine, endColumn } of diagnostics) {
          expect(lines[line - 1]?.length).toBeGreaterThanOrEqual(column - 1);
          expect(endLine * 1e6 + endColumn).toBeGreaterThanOrEqual(line * 1e6 + column);
          expect(endLine).toBeLessThanOrEqual(lines.length);
        }
      }),
      { numRuns: 3000, seed: 11 },
    );
  });
});
