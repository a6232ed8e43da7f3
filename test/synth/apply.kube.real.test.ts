import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/model/manifest.ts';
import { podOf } from '../../src/policy/pods.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import { groupPath, kubeApi, pathOf } from '../support/kube-api.ts';
import { SHAPES } from '../support/tool-shapes.ts';

/** A tool name of this run alone: others may use the server as well. */
const TOOL = `render-${randomBytes(4).toString('hex')}`;
const NAMESPACE = `tool-${TOOL}`;
const api = kubeApi(process.env.TFG_TEST_KUBECONFIG as string);
/** Toolforge lets a job's name hold dots. */
const DOTTED_NAME = 'a DNS label is recommended: [must not contain dots]';
const dryRun = { dryRun: true };

/** The shapes are all of a tool `hello`. */
function renamed(object: Manifest): Manifest {
  const text = JSON.stringify(object).replaceAll('tool-hello', NAMESPACE);
  const copy = JSON.parse(
    text.replaceAll('"hello"', `"${TOOL}"`).replaceAll('hello.toolforge', `${TOOL}.toolforge`),
  );
  return copy as Manifest;
}

const objects = Object.entries(SHAPES).flatMap(([shape, tool]) =>
  renderTool(tool).flatMap((file) =>
    file.objects.map((object) => {
      const mine = renamed(object);
      return { title: `${shape}: ${mine.kind} ${mine.metadata.name}`, object: mine };
    }),
  ),
);
const only = (...kinds: readonly string[]) => objects.filter(({ object }) => kinds.includes(object.kind));

/** Custom resources that the server does not know are checked by schema, in schemas.test.ts. */
const unserved = new Set<string>();
for (const apiVersion of new Set(objects.map(({ object }) => object.apiVersion))) {
  if ((await api.get(groupPath(apiVersion))).status !== 200) unserved.add(apiVersion);
}
if (unserved.size > 0)
  process.stderr.write(`not applied, for the server lacks them: ${[...unserved].join(', ')}\n`);
const served = objects.filter(({ object }) => !unserved.has(object.apiVersion));

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await holds()) return;
    await setTimeout(500);
  }
  throw new Error(`waited in vain for ${what}`);
}

beforeAll(async () => {
  for (const { object } of only('Namespace', 'ServiceAccount').slice(0, 2)) {
    const { status, body } = await api.apply(object, { dryRun: false });
    expect(status, JSON.stringify(body)).toBeLessThan(300);
  }
  const account = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`;
  await until('the default service account', async () => (await api.get(account)).status === 200);
});

afterAll(async () => {
  await api.remove(`/api/v1/namespaces/${NAMESPACE}`);
});

describe('an API server takes every object, without a warning', () => {
  test('of every kind that Kubernetes itself has', () => {
    const custom = ['argoproj.io/v1alpha1', 'gateway.networking.k8s.io/v1'];
    expect([...unserved].filter((apiVersion) => !custom.includes(apiVersion))).toEqual([]);
  });

  test.each(served)('$title', async ({ object }) => {
    const { status, body, warnings } = await api.apply(object, dryRun);
    expect(warnings.filter((text) => !text.includes(DOTTED_NAME))).toEqual([]);
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    expect(body.metadata.name).toBe(object.metadata.name);
  });
});

describe('Pod Security admits the pods of every workload', () => {
  test.each(only('Deployment', 'CronJob', 'Job'))('$title', async ({ object }) => {
    const spec = podOf(object)?.spec.value;
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'x-' }, spec };
    const { status, body, warnings } = await api.create(`/api/v1/namespaces/${NAMESPACE}/pods`, pod, dryRun);
    expect(warnings).toEqual([]);
    expect(status, JSON.stringify(body)).toBe(201);
  });

  test('and the server does warn of a template that breaks it', async () => {
    const [{ object }] = only('Deployment') as [(typeof objects)[0]];
    const text = JSON.stringify(object).replace('Escalation":false', 'Escalation":true');
    const broken = JSON.parse(text) as Manifest;
    const { status, body, warnings } = await api.apply(broken, dryRun);
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    expect(warnings.join(' ')).toMatch(/violate PodSecurity/);
  });
});

describe('for real', () => {
  test('a web tool comes up, limits, quota, walls and all', async () => {
    const web = renderTool(SHAPES.web as NonNullable<typeof SHAPES.web>).flatMap((file) =>
      file.objects.map(renamed),
    );
    for (const object of web) {
      if (unserved.has(object.apiVersion)) continue;
      const { status, body, warnings } = await api.apply(object, { dryRun: false });
      expect(warnings).toEqual([]);
      expect(status, JSON.stringify(body)).toBeLessThan(300);
    }
    const deployment = web.find(({ kind }) => kind === 'Deployment') as Manifest;
    await until('a pod of the Deployment', async () => {
      const { body } = await api.get(pathOf(deployment));
      return body.status?.readyReplicas === 1;
    });
    const { body } = await api.get(`/api/v1/namespaces/${NAMESPACE}/endpoints/web`);
    expect(body.subsets?.[0]?.ports?.[0]?.port).toBe(8000);
  });
});
