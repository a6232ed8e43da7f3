// Writes the pages of docs/ that derive from the schemas and the diagnostic codes.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const bundle = resolve('node_modules/.cache/docs.mjs');
await build({
  entryPoints: ['src/spec/reference.ts'],
  outfile: bundle,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const { referencePages } = await import(pathToFileURL(bundle).href);
rmSync(bundle);
for (const [path, text] of referencePages()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
