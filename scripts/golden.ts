// Writes test/golden anew, for a person to review as a diff: tests only read it.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GOLDEN_DIR, goldenFiles } from '../test/support/golden.ts';

rmSync(GOLDEN_DIR, { recursive: true, force: true });
for (const [path, text] of goldenFiles()) {
  const file = join(GOLDEN_DIR, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
