// Runs the suites against real servers, test/**/NAME.<server>[+<server>].real.test.ts: those whose servers are named in
// the environment. Fails when none is, or only half of one. Arguments pick among the suites by a part of their path.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** What each server's suites need. */
const SERVERS = {
  gitea: ['TFG_TEST_GITEA', 'TFG_TEST_GITEA_TOKEN', 'TFG_TEST_GITEA_REPO'],
  registry: ['TFG_TEST_REGISTRY'],
  'registry-auth': ['TFG_TEST_REGISTRY_AUTH', 'TFG_TEST_REGISTRY_USER', 'TFG_TEST_REGISTRY_PASSWORD'],
  kube: ['TFG_TEST_KUBECONFIG'],
  argocd: ['TFG_TEST_ARGOCD', 'TFG_TEST_ARGOCD_TOKEN'],
  cnb: ['TFG_TEST_CNB_BUILD'],
  act: ['TFG_TEST_ACT'],
};
const SUITE = /\.([a-z+-]+)\.real\.test\.ts$/;

const isSet = (name) => (process.env[name] ?? '') !== '';
const missing = (server) => SERVERS[server].filter((name) => !isSet(name));
const isNamed = (server) => missing(server).length === 0;

checkEnvironment();
const suites = findSuites(process.argv.slice(2));
const runnable = suites.filter(({ servers }) => servers.every(isNamed));
for (const { file, servers } of suites) {
  if (servers.every(isNamed)) continue;
  console.error(`not run: ${file} (set ${servers.flatMap(missing).join(', ')})`);
}
if (runnable.length === 0) fail('no suite for the servers that are named');
const args = ['vitest', 'run', '--config', 'vitest.real.config.ts', ...runnable.map(({ file }) => file)];
process.exit(spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit' }).status ?? 1);

function checkEnvironment() {
  const servers = Object.keys(SERVERS);
  if (!servers.some((server) => SERVERS[server].some(isSet))) {
    const list = servers.map((server) => `  ${server}: ${SERVERS[server].join(' ')}`).join('\n');
    fail(`no server is named. Set the variables of at least one of\n${list}`);
  }
  for (const server of servers) {
    const some = SERVERS[server].some(isSet);
    if (some && !isNamed(server)) fail(`${server} is half named: set ${missing(server).join(', ')}`);
  }
}

function findSuites(parts) {
  const files = readdirSync('test', { recursive: true }).map((file) => `test/${file}`);
  const found = files.filter((file) => file.endsWith('.real.test.ts')).sort();
  return found
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .map((file) => {
      const servers = SUITE.exec(file)?.[1]?.split('+') ?? [];
      const unknown = servers.length === 0 || servers.some((server) => !Object.hasOwn(SERVERS, server));
      if (unknown) fail(`${file} names no server: ${Object.keys(SERVERS).join(', ')}`);
      return { file, servers };
    });
}

function fail(message) {
  console.error(`test:real: ${message}`);
  process.exit(1);
}
