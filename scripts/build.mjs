// Bundles each entry into one file, so that the published package needs no dependency tree and starts fast.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** cdk8s and friends are CommonJS: inside an ES module they need `require` and `__dirname`. */
const banner = [
  '#!/usr/bin/env node',
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __pathDirname } from 'node:path';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

rmSync('dist', { recursive: true, force: true });
const entries = ['src/main.ts', 'src/synth-thread.ts'];
await build({
  entryPoints: entries,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: banner },
  legalComments: 'none',
  logLevel: 'warning',
});
for (const entry of entries) chmodSync(entry.replace('src/', 'dist/').replace('.ts', '.js'), 0o755);
