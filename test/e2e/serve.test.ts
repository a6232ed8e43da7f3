import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deployOnce } from '../support/deploy-once.ts';
import { fleetFiles, PLATFORM, REGISTRY } from '../support/fleet-files.ts';
import { type GitSandbox, gitSandbox } from '../support/git-sandbox.ts';
import { type RegistryStandIn, registryStandIn } from '../support/registry-stand-in.ts';
import { runMain, type ServiceProcess, serviceProcess } from '../support/service-process.ts';

const TOOLS = Array.from({ length: 60 }, (_, index) => `tool-${index}`);
const SECRET = 'a webhook secret of some length';

let sandbox: GitSandbox;
let registry: RegistryStandIn;
let files: Readonly<Record<string, string>>;
const running: ServiceProcess[] = [];
let repos = 0;

beforeAll(async () => {
  sandbox = gitSandbox();
  registry = await registryStandIn();
  const platform = `${PLATFORM.replace(REGISTRY, `'${registry.host}'`)}  insecure: true\n`;
  files = await fleetFiles(TOOLS, { 'tools-config/platform.yaml': platform });
});
afterEach(async () => {
  for (const service of running.splice(0)) {
    service.kill('SIGKILL');
    await service.ended();
  }
});
afterAll(async () => {
  await registry.close();
  sandbox.close();
});

function freshRepo(): string {
  repos += 1;
  return sandbox.bare(`config-${repos}.git`, files);
}

async function start(repo: string, more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const service = await serviceProcess({ repo, env: { ...sandbox.env, ...more } });
  running.push(service);
  return service;
}

/** Answers the status, or nothing when the connection broke. */
async function deploy(url: string, tool: string, salt: string): Promise<number | undefined> {
  return (await deployOnce(url, tool, { registry, salt })).status;
}

/** The tools whose build with this salt the branch holds, rendered. */
function deployed(repo: string, salt: string): ReadonlySet<string> {
  return new Set(
    TOOLS.filter((tool) => {
      const digest = registry.push(`tool-${tool}/web`, 'latest', salt);
      const paths = [`manifests-out/tools/${tool}/web.yaml`, `tools-config/${tool}/images.yaml`];
      return paths.every((path) => show(repo, path).includes(digest));
    }),
  );
}

function show(repo: string, path: string): string {
  try {
    return sandbox.git(['-C', repo, 'show', `main:${path}`]);
  } catch {
    return '';
  }
}

function commits(repo: string): number {
  return Number(sandbox.git(['-C', repo, 'rev-list', '--count', 'main'])) - 1;
}

describe('serve', () => {
  test('lands a burst in few commits, and SIGTERM ends it well', async () => {
    const repo = freshRepo();
    const service = await start(repo);
    const statuses = await Promise.all(TOOLS.map((tool) => deploy(service.url, tool, 'burst')));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(deployed(repo, 'burst').size).toBe(TOOLS.length);
    expect(commits(repo)).toBeLessThanOrEqual(25);
    service.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
  });

  test('SIGTERM amid the load: what was accepted is finished', async () => {
    const repo = freshRepo();
    const service = await start(repo);
    const answers = TOOLS.map((tool) => deploy(service.url, tool, 'term'));
    await Promise.race(answers);
    service.kill('SIGTERM');
    expect(await service.ended()).toBe(0);
    const statuses = await Promise.all(answers);
    const landed = deployed(repo, 'term');
    TOOLS.forEach((tool, index) => {
      expect([tool, statuses[index] === 200]).toEqual([tool, landed.has(tool)]);
    });
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(1);
  });

  test('kill -9 amid the load: every 200 is in the repo, and all else may be sent again', async () => {
    const repo = freshRepo();
    const first = await start(repo);
    const answers = TOOLS.map((tool) => deploy(first.url, tool, 'kill'));
    await Promise.race(answers);
    first.kill('SIGKILL');
    const statuses = await Promise.all(answers);
    const landed = deployed(repo, 'kill');
    const answered = TOOLS.filter((_, index) => statuses[index] === 200);
    expect(answered.filter((tool) => !landed.has(tool))).toEqual([]);
    expect(answered.length).toBeLessThan(TOOLS.length);
    const second = await start(repo);
    const again = TOOLS.filter((_, index) => statuses[index] !== 200);
    const retried = await Promise.all(again.map((tool) => deploy(second.url, tool, 'kill')));
    expect(new Set(retried)).toEqual(new Set([200]));
    expect(deployed(repo, 'kill').size).toBe(TOOLS.length);
    sandbox.git(['-C', repo, 'fsck', '--strict']);
  });

  test('two on one repo: none lost', async () => {
    const repo = freshRepo();
    const services = await Promise.all([start(repo), start(repo)]);
    const statuses = await Promise.all(
      TOOLS.map((tool, index) => deploy(services[index % 2]?.url ?? '', tool, 'two')),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(deployed(repo, 'two').size).toBe(TOOLS.length);
    expect(commits(repo)).toBeLessThanOrEqual(25);
  });

  test('says all that is wrong before it starts', async () => {
    const file = join(sandbox.root, 'empty');
    writeFileSync(file, '\n');
    const env = {
      ...sandbox.env,
      TFG_WEBHOOK_SECRET: 'short',
      TFG_HARBOR_WEBHOOK_SECRET_FILE: file,
    };
    const repo = sandbox.bare('broken.git', { 'tools-config/platform.yaml': 'shards: none\n' });
    const { code, stderr } = await runMain(['serve', '--repo', repo, '--branch', 'main'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('TFG_WEBHOOK_SECRET: shorter than 16 characters');
    expect(stderr).toContain(`TFG_HARBOR_WEBHOOK_SECRET_FILE: ${file} is empty`);
    expect(stderr).toContain('tools-config/platform.yaml:1: ');
    expect(stderr).not.toContain('    at ');
  });

  test.each([
    ['a repo that is not there', 2, ['--repo', '/nowhere/at/all.git', '--branch', 'main']],
    ['a port that is none', 2, ['--repo', 'x', '--branch', 'main', '--port', '99999']],
  ])('%s: exit code %i', async (_, wanted, args) => {
    const { code, stderr } = await runMain(['serve', ...args], sandbox.env);
    expect(code).toBe(wanted);
    expect(stderr).toMatch(/^error: /);
  });
});

describe('token', () => {
  test('is made, used, listed without its secret, and revoked', async () => {
    const repo = freshRepo();
    const options = ['--repo', repo, '--branch', 'main', '--format', 'json'];
    const made = await runMain(
      ['token', 'create', 'tool-0', '--note', 'CI', '--by', 'alice', ...options],
      sandbox.env,
    );
    const { token, id } = JSON.parse(made.stdout) as { token: string; id: string };
    const service = await start(repo, { TFG_WEBHOOK_SECRET: SECRET });
    const ask = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${service.url}/v1/tools/tool-0/deployments`, { headers })).status;
    };
    expect(await ask()).toBe(200);
    const listed = await runMain(['token', 'list', 'tool-0', ...options], sandbox.env);
    expect(JSON.parse(listed.stdout).tokens).toContainEqual(
      expect.objectContaining({ id, note: 'CI', created_by: 'alice', expired: false }),
    );
    const revoked = await runMain(['token', 'revoke', 'tool-0', id, ...options], sandbox.env);
    expect(revoked.code).toBe(0);
    expect(await ask()).toBe(401);
    const again = await runMain(['token', 'revoke', 'tool-0', id, ...options], sandbox.env);
    expect(again.code).toBe(2);
    const everything = [
      service.output(),
      listed.stdout,
      listed.stderr,
      revoked.stdout,
      made.stderr,
      sandbox.git(['-C', repo, 'log', '-p', '--all']),
    ].join('\n');
    for (const secret of [token, token.split('_')[2] as string, SECRET])
      expect(everything).not.toContain(secret);
  });

  test.each<[string, number, readonly string[]]>([
    ['an action that is none', 2, ['make', 'tool-0']],
    ['a tool that is not there', 2, ['create', 'nowhere']],
    ['a tool that is none', 2, ['create', '../x']],
    ['an end that is past', 2, ['create', 'tool-0', '--expires', '2020-01-01T00:00:00Z']],
    ['an end that is no time', 2, ['create', 'tool-0', '--expires', 'soon']],
    ['no id to revoke', 2, ['revoke', 'tool-0']],
    ['an id of nobody', 2, ['revoke', 'tool-0', 'nobody']],
  ])('%s: exit code %i', async (_, wanted, args) => {
    const repo = freshRepo();
    const { code } = await runMain(['token', ...args, '--repo', repo, '--branch', 'main'], sandbox.env);
    expect([code, commits(repo)]).toEqual([wanted, 0]);
  });
});
