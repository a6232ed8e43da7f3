import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOLDEN_DIR, goldenFiles } from '../support/golden.ts';

const expected = goldenFiles();

describe('rendered output of each shape', () => {
  test('has a golden file for each file, and no other', () => {
    const found = readdirSync(GOLDEN_DIR, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(GOLDEN_DIR.length + 1))
      .sort();
    expect(found).toEqual([...expected.keys()].sort());
  });

  test.each([...expected])('%s', (path, text) => {
    expect(text).toBe(readFileSync(join(GOLDEN_DIR, path), 'utf8'));
  });
});
