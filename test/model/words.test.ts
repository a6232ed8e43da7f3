import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteWord, splitWords } from '../../src/model/words.ts';

describe('splitWords', () => {
  test.each([
    { text: 'web', words: ['web'] },
    { text: '  a \t b\nc ', words: ['a', 'b', 'c'] },
    { text: `bash -c "echo 'hi' | wc -l"`, words: ['bash', '-c', `echo 'hi' | wc -l`] },
    { text: String.raw`"a \$x \` \" \\ \n"`, words: ['a $x ` " \\ \\n'] },
    { text: `'a "b" \\ c'`, words: ['a "b" \\ c'] },
    { text: `a''b ""`, words: ['ab', ''] },
    { text: String.raw`a\ b \"`, words: ['a b', '"'] },
    { text: 'a\\\nb', words: ['ab'] },
    { text: '$(date) *.txt ~ a|b', words: ['$(date)', '*.txt', '~', 'a|b'] },
    { text: '', words: [] },
  ])('splits $text', ({ text, words }) => {
    expect(splitWords(text)).toEqual({ words });
  });

  test.each([
    { text: `it's`, error: 'unclosed-quote' },
    { text: 'say "hi', error: 'unclosed-quote' },
    { text: 'a \\', error: 'trailing-backslash' },
  ])('refuses $text', ({ text, error }) => {
    expect(splitWords(text)).toEqual({ error });
  });
});

/** No NUL in a word: no process can be given one. */
const word = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', ' '));

describe('quoteWord', () => {
  test('is read back by splitWords', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(splitWords(words.map(quoteWord).join(' '))).toEqual({ words });
      }),
    );
  });

  test('is read back by a real shell', () => {
    const words = fc.sample(
      fc.array(
        word.filter((text) => text.isWellFormed()),
        { minLength: 1, maxLength: 5 },
      ),
      {
        numRuns: 50,
        seed: 1,
      },
    );
    for (const list of words) {
      const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${list.map(quoteWord).join(' ')}`]);
      expect(printed.toString('utf8').split('\0').slice(0, -1)).toEqual(list);
    }
  });
});

describe('splitWords and a real shell', () => {
  const quoted = fc.oneof(
    fc.constantFrom(
      ' ',
      'a',
      '-',
      "'b c'",
      '"d e"',
      String.raw`\ `,
      String.raw`"\$x"`,
      String.raw`"\z"`,
      "'\\'",
      '""',
    ),
  );
  test('agree on quoting without expansion', () => {
    const texts = fc.sample(fc.array(quoted, { minLength: 1, maxLength: 8 }), { numRuns: 60, seed: 7 });
    for (const text of texts.map((parts) => parts.join(''))) {
      const printed = execFileSync('/bin/sh', ['-c', `for word in ${text}; do printf '%s\\0' "$word"; done`]);
      expect({ text, split: splitWords(text) }).toEqual({
        text,
        split: { words: printed.toString('utf8').split('\0').slice(0, -1) },
      });
    }
  });
});
