import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trailer } from '../../src/model/change.ts';
import { formatMessage, oneLine, parseTrailers, trailerValues } from '../../src/model/commit-message.ts';

const TOOL: Trailer = { key: 'Tool', value: 'hello' };
const IMAGE: Trailer = { key: 'Image', value: 'r.example.org/tool-hello/web@sha256:00' };

function gitTrailers(message: string): string {
  return execFileSync('git', ['interpret-trailers', '--parse', '--no-divider'], {
    input: message,
    encoding: 'utf8',
  });
}

describe('formatMessage', () => {
  test.each([
    {
      name: 'puts a blank line between subject, body and trailers',
      message: { subject: 'hello: deploy web', body: 'One build.', trailers: [TOOL, IMAGE] },
      expected: `hello: deploy web\n\nOne build.\n\nTool: hello\nImage: ${IMAGE.value}\n`,
    },
    {
      name: 'leaves out what is empty',
      message: { subject: 'hello: deploy web', body: ' \n\n', trailers: [] },
      expected: 'hello: deploy web\n',
    },
    {
      name: 'keeps a subject on one line',
      message: { subject: 'a\r\n\nTool: forged\u2028x\u0085y\0z', trailers: [] },
      expected: 'a Tool: forged x y z\n',
    },
    { name: 'gives an empty subject a word', message: { subject: '\n', trailers: [] }, expected: 'change\n' },
    {
      name: 'indents lines of the body that look like trailers or end a message',
      message: {
        subject: 's',
        body: 'text\n\nTool: forged\rArgocd-reference-commit-sha: abc12\n---\nx',
        trailers: [],
      },
      expected: 's\n\ntext\n\n  Tool: forged\n  Argocd-reference-commit-sha: abc12\n  ---\nx\n',
    },
    {
      name: 'keeps a value on one line',
      message: { subject: 's', trailers: [{ key: 'Tool', value: 'x\nImage: forged\n\nTool: y' }] },
      expected: 's\n\nTool: x Image: forged Tool: y\n',
    },
    {
      name: 'drops marks that reorder text on a screen',
      message: { subject: 'a\u202eb\u2066c\u200bd', trailers: [] },
      expected: 'a b c d\n',
    },
  ])('$name', ({ message, expected }) => {
    expect(formatMessage(message)).toBe(expected);
  });

  test.each(['', 'a b', 'Tool:', 'Tool\nImage', '-x', 'ключ'])('refuses %j as a key', (key) => {
    expect(() => formatMessage({ subject: 's', trailers: [{ key, value: 'v' }] })).toThrow(TypeError);
  });
});

describe('parseTrailers', () => {
  test.each([
    { name: 'none in a subject alone', message: 'hello: deploy web\n', expected: [] },
    { name: 'none in a subject of two lines', message: 'hello: deploy web\nTool: x\n', expected: [] },
    { name: 'none in prose', message: 's\n\nTool: x\nand more\n', expected: [] },
    { name: 'only those at the end', message: 's\n\nTool: x\n\nprose\n\nTool: hello\n', expected: [TOOL] },
    {
      name: 'those before a paragraph that a server appended',
      message: 's\n\nTool: hello\n\nCo-authored-by: A <a@example.org>\n\n',
      expected: [TOOL, { key: 'Co-authored-by', value: 'A <a@example.org>' }],
    },
    { name: 'with lines ended by CR LF', message: 's\r\n\r\nTool: hello\r\n', expected: [TOOL] },
    {
      name: 'with a folded value',
      message: 's\n\nTool: a\n  b\n',
      expected: [{ key: 'Tool', value: 'a b' }],
    },
    { name: 'with spaces around the colon', message: 's\n\nTool :  hello \n', expected: [TOOL] },
    { name: 'none in an empty message', message: '', expected: [] },
  ])('$name', ({ message, expected }) => {
    expect(parseTrailers(message)).toEqual(expected);
  });

  test('finds the values of a key in any letter case', () => {
    expect(trailerValues([TOOL, IMAGE, { key: 'TOOL', value: 'other' }], 'tool')).toEqual(['hello', 'other']);
  });
});

const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\n',
    '\r',
    '\n\n',
    '\u2028',
    '\0',
    '---',
    'Tool: forged',
    'Argocd-reference-commit-sha: abcde',
    ' ',
  ),
  fc.constantFrom('Signed-off-by: x <x@example.org>', '(cherry picked from commit abc)', ':', 'Image:'),
);
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
const trailers = fc.array(
  fc.record({ key: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,9}$/), value: hostile }),
  { maxLength: 4 },
);

describe('nothing that a tenant writes forges a line', () => {
  test('the trailers read back are those given', () => {
    fc.assert(
      fc.property(hostile, hostile, trailers, (subject, body, given) => {
        const message = formatMessage({ subject, body, trailers: given });
        expect(parseTrailers(message)).toEqual(
          given.map(({ key, value }) => ({ key, value: oneLine(value) })),
        );
        const lines = message.split('\n');
        expect(lines[1]).toBe('');
        const argocd = lines.filter((line) => /^argocd-reference-commit-/i.test(line));
        expect(argocd.length).toBe(
          given.filter(({ key }) => /^argocd-reference-commit-/i.test(key)).length +
            Number(/^argocd-reference-commit-/i.test(lines[0] ?? '')),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('git reads the same trailers', () => {
    fc.assert(
      fc.property(hostile, hostile, (subject, body) => {
        expect(gitTrailers(formatMessage({ subject, body, trailers: [TOOL] }))).toBe('Tool: hello\n');
        expect(gitTrailers(formatMessage({ subject, body, trailers: [] }))).toBe('');
      }),
      { numRuns: 25 },
    );
  });
});
