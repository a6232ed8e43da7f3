// Makes dist/package/, which is what gets published: one bundle for the command, and the constructs for other cdk8s
// apps. It has no dependencies, so installing it brings no tree; whoever uses the constructs brings cdk8s (optional peers).
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUT = 'dist/package';
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

rmSync(OUT, { recursive: true, force: true });
mkdirSync(`${OUT}/dist`, { recursive: true });
for (const file of ['main.js', 'synth-thread.js']) cpSync(`dist/${file}`, `${OUT}/dist/${file}`);
cpSync('dist/chunks', `${OUT}/dist/chunks`, { recursive: true });
cpSync('templates', `${OUT}/templates`, { recursive: true });
await build({
  entryPoints: readdirSync('constructs').map((file) => `constructs/${file}`),
  outdir: `${OUT}/constructs`,
  outbase: 'constructs',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: PEERS,
  legalComments: 'none',
  logLevel: 'warning',
});
execFileSync(
  'npx',
  [
    'tsc',
    '-p',
    'tsconfig.json',
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--outDir',
    `${OUT}/types`,
  ],
  { stdio: 'inherit' },
);
for (const folder of ['test', 'bench']) rmSync(`${OUT}/types/${folder}`, { recursive: true, force: true });

const root = JSON.parse(readFileSync('package.json', 'utf8'));
const { name, version, description, license, type, engines, bin, dependencies } = root;
const published = {
  name,
  version,
  description,
  license,
  type,
  engines,
  bin,
  exports: {
    './constructs/*': { types: './types/constructs/*.d.ts', default: './constructs/*.js' },
    './package.json': './package.json',
  },
  peerDependencies: Object.fromEntries(PEERS.map((peer) => [peer, dependencies[peer]])),
  peerDependenciesMeta: Object.fromEntries(PEERS.map((peer) => [peer, { optional: true }])),
};
writeFileSync(`${OUT}/package.json`, `${JSON.stringify(published, undefined, 2)}\n`);
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) copyFileSync(file, `${OUT}/${file}`);
