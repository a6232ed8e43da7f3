import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../src/spec/codes.ts';
import { referencePages } from '../../src/spec/reference.ts';

describe('generated pages', () => {
  test.each([...referencePages()])('%s is what `npm run docs` writes', (path, text) => {
    const url = new URL(`../../${path}`, import.meta.url);
    expect(readFileSync(url, 'utf8')).toBe(text);
  });

  test('no cell breaks its table', () => {
    for (const [, text] of referencePages()) {
      const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
      expect(tables.length).toBeGreaterThan(1);
      for (const table of tables) {
        const widths = table
          .trimEnd()
          .split('\n')
          .map((row) => row.replaceAll('\\|', '').split('|').length);
        expect(new Set(widths).size).toBe(1);
      }
    }
  });

  test('every code in the source has a meaning, and every meaning a use', () => {
    const source = new URL('../../src/', import.meta.url);
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    );
    const used = files
      .filter((path) => path !== 'spec/codes.ts')
      .flatMap((path) => readFileSync(new URL(path, source), 'utf8').match(/\bTFG\d{3}\b/g) ?? []);
    expect([...new Set(used)].sort()).toEqual(Object.keys(CODES).sort());
  });
});
