import { expect, test } from 'vitest';
import { rawAddress } from '../../../src/adapters/fetch/raw-address.ts';

test.each([
  [
    'https://github.com/o/r/blob/main/a/toolforge.yaml',
    'https://raw.githubusercontent.com/o/r/main/a/toolforge.yaml',
  ],
  [
    'https://gitlab.example.org/g/s/r/-/blob/main/t.yaml',
    'https://gitlab.example.org/g/s/r/-/raw/main/t.yaml',
  ],
  [
    'https://gitea.example.org/o/r/src/branch/main/t.yaml',
    'https://gitea.example.org/o/r/raw/branch/main/t.yaml',
  ],
  [
    'http://gitea.example.org:3000/o/r/src/tag/v1/t.yaml',
    'http://gitea.example.org:3000/o/r/raw/tag/v1/t.yaml',
  ],
  ['https://gitea.example.org/o/r/raw/branch/main/t.yaml', undefined],
  ['https://raw.githubusercontent.com/o/r/main/t.yaml', undefined],
  ['https://example.org/', undefined],
])('%s', (page, raw) => expect(rawAddress(page)).toBe(raw));
