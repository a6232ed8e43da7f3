// Bundles each entry into one file, so that the published package needs no dependency tree and starts fast.
import { chmodSync, readFileSync, rmSync } from 'node:fs';

/** Without dev dependencies (`npm ci --omit=dev`) there is nothing to build with. */
const esbuild = await import('esbuild').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.log('esbuild is not installed, so dist/ is not built');
  process.exit(0);
});

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

/**
 * The classes of cdk8s and constructs declare each field and then set it in the constructor. The declaration alone
 * defines it too, by a slow call in each of the many classes of objects: a sixth of the time that the objects take. Read
 * as TypeScript that sets fields and does not define them, such a declaration is no code.
 */
const fieldsAreSet = {
  name: 'fields-are-set',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/](?:cdk8s|constructs)[\\/]lib[\\/]/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), {
        loader: 'ts',
        tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
      });
      return { contents: code };
    });
  },
};

rmSync('dist', { recursive: true, force: true });
const entries = ['src/main.ts', 'src/synth-thread.ts'];
await esbuild.build({
  entryPoints: entries,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  banner: { js: banner },
  plugins: [fieldsAreSet],
  legalComments: 'none',
  logLevel: 'warning',
});
for (const entry of entries) chmodSync(entry.replace('src/', 'dist/').replace('.ts', '.js'), 0o755);
