import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NAMES = new Set(commands.map(({ name }) => name));

function textsBelow(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|md)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(ROOT.length + 1), readFileSync(path, 'utf8')]);
}

test('no hint and no page names a command that there is not', () => {
  const files = [
    ...textsBelow('src'),
    ...textsBelow('docs'),
    ['README.md', readFileSync(join(ROOT, 'README.md'), 'utf8')] as const,
  ];
  const named = files.flatMap(([file, text]) =>
    [...text.matchAll(/(?:`|npx |^ *|run )toolforge-gitops ([a-z][a-z-]+)/gm)].map(([, name]) => ({
      file,
      name: name ?? '',
    })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ name }) => !NAMES.has(name))).toEqual([]);
});
