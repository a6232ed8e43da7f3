// npm run bench:serve [-- --tools 500 --replicas 1]: many deploys at once through the service, against a local git remote and,
// where TFG_TEST_GITEA (with _TOKEN and _REPO) names one, a real Gitea.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Answer, deployOnce } from '../test/support/deploy-once.ts';
import { fleetFiles, PLATFORM, REGISTRY } from '../test/support/fleet-files.ts';
import { type GitSandbox, gitSandbox } from '../test/support/git-sandbox.ts';
import { REAL_GITEA, realBranch } from '../test/support/real-gitea.ts';
import { type RegistryStandIn, registryStandIn } from '../test/support/registry-stand-in.ts';
import { type ServiceProcess, serviceProcess } from '../test/support/service-process.ts';
import { percentile } from './percentile.ts';

const { values } = parseArgs({
  options: { tools: { type: 'string', default: '500' }, replicas: { type: 'string', default: '1' } },
});
const tools = Array.from({ length: Number(values.tools) }, (_, index) => `tool-${index}`);

/** A config repo to serve, and how to count and read what the branch holds. */
interface Target {
  readonly repo: string;
  readonly branch: string;
  readonly env: Readonly<Record<string, string>>;
  /** What git reads it by. */
  readonly git: string;
}

const sandbox = gitSandbox();
const registry = await registryStandIn();
try {
  console.log(`node ${process.version}, ${availableParallelism()} cores, ${values.replicas} replicas\n`);
  const platform = `${PLATFORM.replace(REGISTRY, `'${registry.host}'`)}  insecure: true\n`;
  const files = await fleetFiles(tools, { 'tools-config/platform.yaml': platform });
  const bare = sandbox.bare('config.git', files);
  await bench('local git remote', { repo: bare, branch: 'main', env: sandbox.env, git: bare });
  if (REAL_GITEA.url !== '') await benchGitea(files);
} finally {
  await registry.close();
  sandbox.close();
}

async function benchGitea(files: Readonly<Record<string, string>>): Promise<void> {
  const place = await realBranch(files);
  try {
    const env = { ...sandbox.env, TFG_GITEA_TOKEN: place.token };
    const git = place.cloneUrl.replace('://', `://bot:${place.token}@`);
    await bench('real Gitea', { repo: place.repoUrl, branch: place.branch, env, git });
  } finally {
    await place.close();
  }
}

async function bench(name: string, target: Target): Promise<void> {
  const services = await Promise.all(
    Array.from({ length: Number(values.replicas) }, () => serviceProcess(target)),
  );
  try {
    await deployOnce(urlOf(services, 0), tools[0] as string, { registry, salt: 'warm' });
    const before = commits(sandbox, target);
    const from = performance.now();
    const answers = await Promise.all(
      tools.map((tool, index) => deployOnce(urlOf(services, index), tool, { registry, salt: 'burst' })),
    );
    const seconds = (performance.now() - from) / 1000;
    const good = answers.filter(({ status }) => status === 200);
    console.log(`${name}: ${good.length} of ${tools.length} deploys at once answered with 200`);
    for (const line of others(answers)) console.log(`  NOT 200: ${line}`);
    console.log(`  ${seconds.toFixed(1)} s in all, ${commits(sandbox, target) - before} commits`);
    console.log(`  answers: p50 ${shown(percentile(answers, 0.5))}, p99 ${shown(percentile(answers, 0.99))}`);
    const metrics = await (await fetch(`${urlOf(services, 0)}/metrics`)).text();
    const cpu = /^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1] ?? '?';
    console.log(`  processor time of the first service's process: ${Number(cpu).toFixed(1)} s`);
    console.log(`  in the repo: ${held(sandbox, target, registry)} of ${tools.length}\n`);
  } finally {
    for (const service of services) service.kill('SIGTERM');
    for (const service of services) await service.ended();
  }
}

/** What was answered instead of 200, with how often. */
function others(answers: readonly Answer[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { status, problem } of answers) {
    if (status === 200) continue;
    const what = status === undefined ? 'the connection broke' : `${status} ${problem}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return [...counts].map(([what, count]) => `${count} × ${what}`);
}

function urlOf(services: readonly ServiceProcess[], index: number): string {
  return services[index % services.length]?.url ?? '';
}

function shown(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function commits({ git, root }: GitSandbox, target: Target): number {
  const copy = `${root}/copy.git`;
  git(['init', '--quiet', '--bare', copy]);
  git(['-C', copy, 'fetch', '--quiet', '--force', target.git, `${target.branch}:seen`]);
  return Number(git(['-C', copy, 'rev-list', '--count', 'seen']));
}

/** How many tools' builds the branch holds, as `commits` saw it last. */
function held({ git, root }: GitSandbox, _: Target, images: RegistryStandIn): number {
  const text = git(['-C', `${root}/copy.git`, 'grep', '-h', 'image: ', 'seen', '--', 'manifests-out/tools']);
  return tools.filter((tool) => text.includes(images.push(`tool-${tool}/web`, 'latest', 'burst'))).length;
}
