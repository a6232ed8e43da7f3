#!/usr/bin/env node
// Stands in for the buildpack lifecycle's creator: takes its arguments, builds nothing, and writes the same report.toml.
// The digest follows from the app's files. Fails as the real one does when a buildpack fails (51).
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const options = {};
const words = process.argv.slice(2);
while (words[0]?.startsWith('-')) options[words.shift().slice(1)] = words.shift();
const [image, ...rest] = words;
const { app, layers, report } = options;
const { env } = process;

if (
  image === undefined ||
  rest.length > 0 ||
  app === undefined ||
  !existsSync(layers) ||
  report === undefined
) {
  fail(
    `usage: creator -app APP -layers LAYERS -report REPORT IMAGE, not ${process.argv.slice(2).join(' ')}`,
    12,
  );
}
if (existsSync(join(app, '.git'))) fail('the history of the repo would get into the image', 12);
if (env.TFG_REGISTRY_PASSWORD !== undefined) fail('the password is within reach of the build', 12);
if (!env.CNB_PLATFORM_API) fail('CNB_PLATFORM_API is not set', 12);
if (existsSync(join(app, 'fail-the-build'))) fail('fail-the-build is there', 51);

const host = image.slice(0, image.indexOf('/'));
const login = JSON.parse(env.CNB_REGISTRY_AUTH ?? '{}')[host];
if (env.STAND_IN_LOGIN !== undefined && login !== `Basic ${btoa(env.STAND_IN_LOGIN)}`) {
  fail(`no access to ${host}`, 62);
}

const hash = createHash('sha256');
for (const entry of readdirSync(app, { recursive: true, withFileTypes: true }).sort(byName)) {
  hash.update(entry.name);
  if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
}
const lines = [
  '[image]',
  `  tags = ["${image}"]`,
  `  digest = "sha256:${hash.digest('hex')}"`,
  '  manifest-size = 1200',
];
writeFileSync(report, `${lines.join('\n')}\n`);
process.stdout.write(`Saving ${image}...\n`);

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

function fail(message, code) {
  process.stderr.write(`ERROR: ${message}\n`);
  process.exit(code);
}
