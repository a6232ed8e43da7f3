// npm run bench:soak [-- --minutes 10 --tools 200 --pause 20]: mixed load on the service for a while; prints its memory over time, which
// must not grow, and fails when it does.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { deployOnce } from '../test/support/deploy-once.ts';
import { fleetFiles, PLATFORM, REGISTRY, specOf, tokenOf } from '../test/support/fleet-files.ts';
import { gitSandbox } from '../test/support/git-sandbox.ts';
import { registryStandIn } from '../test/support/registry-stand-in.ts';
import { serviceProcess } from '../test/support/service-process.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    tools: { type: 'string', default: '200' },
    /** Milliseconds that each of the eight senders waits after an answer. */
    pause: { type: 'string', default: '20' },
  },
});
const tools = Array.from({ length: Number(values.tools) }, (_, index) => `tool-${index}`);
const SECRET = 'a webhook secret of the soak';
const SAMPLE_EVERY = 10_000;
/** Growth of the least memory of the last third over that of the second: what garbage comes and goes is left out. */
const GROWTH_MAX = 1.3;

interface Sample {
  readonly seconds: number;
  readonly resident: number;
  readonly heap: number;
  /** Buffers and what else lies outside of the heap. */
  readonly external: number;
}

type Act = (tool: string, salt: string) => Promise<number | undefined>;

const sandbox = gitSandbox();
const registry = await registryStandIn();
const platform = `${PLATFORM.replace(REGISTRY, `'${registry.host}'`)}  insecure: true\nservice:\n  reconcile_minutes: 1\n`;
const repo = sandbox.bare('config.git', await fleetFiles(tools, { 'tools-config/platform.yaml': platform }));
const service = await serviceProcess({ repo, env: { ...sandbox.env, TFG_WEBHOOK_SECRET: SECRET } });
const started = performance.now();
const end = started + Number(values.minutes) * 60_000;
const counts = new Map<string, number>();
const samples: Sample[] = [];
const acts: readonly Act[] = [
  async (tool, salt) => (await deployOnce(service.url, tool, { registry, salt })).status,
  async (tool, salt) => (await deployOnce(service.url, tool, { registry, salt: `${salt} again` })).status,
  (tool) => ask(tool, 'rollback', { component: 'web', reason: 'a soak' }),
  (tool) => ask(tool, 'unhold', { component: 'web' }),
  (tool) => ask(tool, 'deployments'),
  (tool) => ask(tool, 'deploy', { components: { web: { image: `sha256:${'0'.repeat(64)}` } } }),
  (tool) => ask(tool, 'deploy', { filling: 'x'.repeat(300_000) }),
  (tool) => send('POST', '/v1/validate', { 'content-type': 'application/yaml' }, specOf(tool)),
  (tool) => send('GET', `/v1/tools/${tool}/deployments`, { authorization: 'Bearer nobody' }),
  (tool) => push(tool, true),
  (tool) => push(tool, false),
  () => send('GET', '/readyz', {}),
];
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

/** Deploys, rollbacks, holds, specs to check, pushes, and strangers at the door: one after the other. */
async function loading(lane: number): Promise<void> {
  for (let round = 0; performance.now() < end; round += 1) {
    const tool = tools[(lane * 31 + Math.floor(round / acts.length)) % tools.length] as string;
    count(String(await acts[round % acts.length]?.(tool, `${lane} ${round}`)));
    await sleep(Number(values.pause));
  }
}

function ask(tool: string, action: string, body?: unknown): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${tokenOf(tool).token}`, 'content-type': 'application/json' };
  const method = body === undefined ? 'GET' : 'POST';
  const text = body === undefined ? undefined : JSON.stringify(body);
  return send(method, `/v1/tools/${tool}/${action}`, headers, text);
}

function push(tool: string, signed: boolean): Promise<number | undefined> {
  const address = `https://git.example.org/tools/${tool}`;
  const body = JSON.stringify({ ref: 'refs/heads/main', repository: { html_url: address } });
  const signature = createHmac('sha256', signed ? SECRET : 'another')
    .update(body)
    .digest('hex');
  const headers = { 'x-gitea-event': 'push', 'x-gitea-signature': signature };
  return send('POST', '/v1/webhooks/gitea', headers, body);
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
    await sleep(Math.min(SAMPLE_EVERY, end - performance.now()));
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const sample = {
      seconds: (performance.now() - started) / 1000,
      resident: metric(text, 'process_resident_memory_bytes'),
      heap: metric(text, 'nodejs_heap_size_used_bytes'),
      external: metric(text, 'nodejs_external_memory_bytes'),
    };
    samples.push(sample);
    const { seconds, resident, heap, external } = sample;
    const commits = metric(text, 'tfg_commits_total');
    console.log(
      `${seconds.toFixed(0).padStart(5)} s  resident ${mib(resident)}  heap ${mib(heap)}  external ${mib(external)}  ${commits} commits`,
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
