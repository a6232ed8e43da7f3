// npm run bench:soak [-- --minutes 10 --tools 200]: mixed load on the service for a while; prints its memory over time, which
// must not grow, and fails when it does.
import { parseArgs } from 'node:util';
import { fleetFiles, PLATFORM, REGISTRY, specOf } from '../test/support/fleet-files.ts';
import { gitSandbox } from '../test/support/git-sandbox.ts';
import { registryStandIn } from '../test/support/registry-stand-in.ts';
import { serviceProcess } from '../test/support/service-process.ts';
import { deployOnce } from './deploy-load.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, tools: { type: 'string', default: '200' } },
});
const tools = Array.from({ length: Number(values.tools) }, (_, index) => `tool-${index}`);
const SAMPLE_EVERY = 10_000;
/** Growth of the least memory of the last third over that of the second: what garbage comes and goes is left out. */
const GROWTH_MAX = 1.3;

interface Sample {
  readonly seconds: number;
  readonly resident: number;
  readonly heap: number;
}

const sandbox = gitSandbox();
const registry = await registryStandIn();
const platform = `${PLATFORM.replace(REGISTRY, `'${registry.host}'`)}  insecure: true\nservice:\n  reconcile_minutes: 1\n`;
const repo = sandbox.bare('config.git', await fleetFiles(tools, { 'tools-config/platform.yaml': platform }));
const service = await serviceProcess({ repo, env: sandbox.env });
const started = performance.now();
const end = started + Number(values.minutes) * 60_000;
const counts = new Map<string, number>();
const samples: Sample[] = [];
try {
  await Promise.all([sampling(), ...Array.from({ length: 8 }, (_, lane) => loading(lane))]);
  console.log(`answers by status: ${JSON.stringify(Object.fromEntries(counts))}`);
  process.exitCode = verdict();
} finally {
  service.kill('SIGTERM');
  await service.ended();
  await registry.close();
  sandbox.close();
}

/** Deploys, rollbacks, specs to check, strangers at the door: one after the other. */
async function loading(lane: number): Promise<void> {
  for (let round = 0; performance.now() < end; round += 1) {
    const tool = tools[(lane * 31 + round) % tools.length] as string;
    const salt = `${lane} ${round}`;
    const act = [
      async () => (await deployOnce(service.url, tool, { registry, salt })).status,
      () => send('POST', '/v1/validate', { 'content-type': 'application/yaml' }, specOf(tool)),
      () => send('GET', `/v1/tools/${tool}/deployments`, { authorization: 'Bearer nobody' }),
      () => send('POST', '/v1/webhooks/gitea', { 'x-gitea-signature': 'no' }, '{}'),
      () => send('POST', `/v1/tools/${tool}/deploy`, {}, 'x'.repeat(300_000)),
      () => send('GET', '/readyz', {}),
    ][round % 6];
    count(String(await act?.()));
  }
}

async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<number | undefined> {
  try {
    const init = { method, headers, ...(body !== undefined && { body }) };
    const response = await fetch(`${service.url}${path}`, init);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return undefined;
  }
}

function count(status: string): void {
  counts.set(status, (counts.get(status) ?? 0) + 1);
}

async function sampling(): Promise<void> {
  while (performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(SAMPLE_EVERY, end - performance.now())));
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const sample = {
      seconds: (performance.now() - started) / 1000,
      resident: metric(text, 'process_resident_memory_bytes'),
      heap: metric(text, 'nodejs_heap_size_used_bytes'),
    };
    samples.push(sample);
    const { seconds, resident, heap } = sample;
    const commits = metric(text, 'tfg_commits_total');
    console.log(
      `${seconds.toFixed(0).padStart(5)} s  resident ${mib(resident)}  heap ${mib(heap)}  ${commits} commits`,
    );
  }
}

function metric(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0).padStart(4)} MiB`;
}

function verdict(): number {
  const third = Math.floor(samples.length / 3);
  if (third === 0) return 0;
  const least = (some: readonly Sample[]) => Math.min(...some.map(({ heap }) => heap));
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)].map(least);
  const growth = (last ?? 0) / (middle ?? 1);
  const isFlat = growth <= GROWTH_MAX;
  console.log(
    `least heap of the last third over the second: ${growth.toFixed(2)} (${isFlat ? 'flat' : 'it grows'})`,
  );
  return isFlat ? 0 : 1;
}
