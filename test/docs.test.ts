import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const PAGES = ['', 'docs', 'templates', 'deploy', 'bench']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.md'));
const TEXTS = PAGES.map((page) => ({ page, text: readFileSync(join(ROOT, page), 'utf8') }));

/** Matches of a pattern's first group on all pages. */
function named(pattern: RegExp): readonly { page: string; name: string }[] {
  return TEXTS.flatMap(({ page, text }) =>
    [...text.matchAll(pattern)].map(([, name]) => ({ page, name: name ?? '' })),
  );
}

/** Only what is written out: a name with `<tool>`, `*` or `…` in it stands for many. */
function isWhole(name: string): boolean {
  return !/[<>*…{}$&]/.test(name);
}

describe('what the pages name is there', () => {
  test('files that they link to', () => {
    const links = named(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g).filter(({ name }) => !/^[a-z]+:/.test(name));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ page, name }) => !existsSync(join(ROOT, dirname(page), name)))).toEqual([]);
  });

  test('files and folders of the repo', () => {
    const files = named(
      /(?<![\w/.<-])((?:src|constructs|scripts|test|bench|docs|templates|deploy)\/[^\s`|\])([,;:'"]*)/g,
    )
      .map(({ page, name }) => ({
        page,
        name: name.replace(/[.…]+$/, (end) => (end.includes('…') ? end : '')),
      }))
      .filter(({ name }) => isWhole(name));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter(({ name }) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test('scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const runs = named(/\bnpm run (?:--silent )?([a-z][\w:-]*)/g);
    expect(runs.length).toBeGreaterThan(5);
    expect(runs.filter(({ name }) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
