import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { commandOf } from '../../constructs/command.ts';

describe('commandOf', () => {
  test.each([
    { name: 'launcher for a build', launcher: true, expected: ['launcher', 'web', '--port', '80 80'] },
    { name: 'no launcher elsewhere', launcher: false, expected: ['web', '--port', '80 80'] },
  ])('$name', ({ launcher, expected }) => {
    expect(commandOf({ command: ['web', '--port', '80 80'], launcher })).toEqual(expected);
  });
});

describe('with file logs', () => {
  const folder = mkdtempSync(join(tmpdir(), "tfg-it's a log-"));
  const show = join(folder, 'show');
  writeFileSync(show, '#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done\nprintf err >&2\n');
  chmodSync(show, 0o755);
  const [stdout, stderr] = [join(folder, 'a $HOME `b`.out'), join(folder, 'a;b.err')];
  const log = (path: string) => readFileSync(path, 'utf8');

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** As the kubelet would: no shell but the one in the words. */
  function run(words: readonly string[]): string {
    writeFileSync(stdout, '');
    writeFileSync(stderr, '');
    const [program, ...args] = commandOf({
      command: [show, ...words],
      launcher: false,
      filelog: { stdout, stderr },
    });
    execFileSync(program as string, args, { cwd: folder });
    return log(stdout);
  }

  test.each([
    {
      words: ['a', 'two words', '', "it's", '"', '$(date)', '`id`', '$HOME', '*', '\\', ';', '&&', '>x', '#'],
    },
    { words: ['line\nend', '\ttab', '~', '-n', '--', '!', '{a,b}', '😀'] },
  ])('a shell passes the words on as they are: $words', ({ words }) => {
    expect(run(words)).toBe(words.map((word) => `${word}\0`).join(''));
    expect(log(stderr)).toBe('err');
  });

  test('any words', () => {
    const word = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        expect(run(words)).toBe(words.map((each) => `${each}\0`).join(''));
      }),
      { numRuns: 30 },
    );
  });

  test('appends, and gives the process the signals', () => {
    const command = commandOf({
      command: ['web'],
      launcher: true,
      filelog: { stdout: '/d/a.out', stderr: '/d/a.err' },
    });
    expect(command).toEqual(['/bin/sh', '-c', 'exec launcher web >>/d/a.out 2>>/d/a.err']);
  });
});
