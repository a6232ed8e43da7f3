import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { ArgoApplication } from '../../constructs/argo-application.ts';
import { Continuous } from '../../constructs/continuous.ts';
import { OneOff } from '../../constructs/one-off.ts';
import { Scheduled } from '../../constructs/scheduled.ts';
import { Tenant } from '../../constructs/tenant.ts';
import { WebRoute } from '../../constructs/web-route.ts';
import type { WorkloadProps } from '../../constructs/workload-props.ts';
import { somePlatform } from '../support/resolved-tool.ts';

const { quota, limits, network } = somePlatform();
const workload: WorkloadProps = {
  tool: 'hello',
  component: 'web',
  image: 'registry.example.org/tool-hello/web:1',
  launcher: true,
  command: ['web'],
  uid: 52_001,
  cpu: { request: 100, limit: 4000 },
  memory: { request: 2 ** 29, limit: 2 ** 29 },
  emails: 'none',
};

/** What an app of somebody else's gets: its own chart, with hashed names and a namespace of its own. */
// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function objectsOf(make: (chart: Chart) => void): any[] {
  const chart = new Chart(new App(), 'theirs', { namespace: 'theirs', labels: { team: 'a' } });
  make(chart);
  return chart.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson()] : []));
}
const containerOf = (props: Partial<WorkloadProps> & { port?: number }) =>
  objectsOf((chart) => new Continuous(chart, 'web', { ...workload, replicas: 1, ...props }))[0].spec.template
    .spec.containers[0];

describe('constructs on their own, in any cdk8s app', () => {
  test('keep their names, without a hash', () => {
    const objects = objectsOf((chart) => {
      new Continuous(chart, 'a', { ...workload, replicas: 2 });
      new Scheduled(chart, 'b', { ...workload, retry: 1, schedule: '1 2 * * *', scheduleText: '@daily' });
      new OneOff(chart, 'c', { ...workload, retry: 0, onDeploy: false });
      new WebRoute(chart, 'd', { ...workload, host: 'a.b', port: 80, via: { kind: 'ingress' } });
      new Tenant(chart, 'e', { tool: 'hello', quota, limits, ...network });
    });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment web',
      'CronJob web',
      'CronJob web',
      'Ingress web',
      'Namespace tool-hello',
      'ResourceQuota tool',
      'LimitRange tool',
      'ServiceAccount hello',
      'NetworkPolicy default-deny',
      'NetworkPolicy allow',
    ]);
    const namespaced = objects.filter(({ kind }) => kind !== 'Namespace');
    expect(new Set(namespaced.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['tool-hello']));
  });
});

interface EnvCase {
  readonly name: string;
  readonly props: Partial<WorkloadProps> & { readonly port?: number };
  readonly expected: Readonly<Record<string, string>> | undefined;
}

describe('environment', () => {
  test.each<EnvCase>([
    { name: 'of a build', props: {}, expected: { NO_HOME: 'true' } },
    { name: 'of another image', props: { launcher: false }, expected: undefined },
    { name: 'with a port', props: { port: 8000 }, expected: { NO_HOME: 'true', PORT: '8000' } },
    {
      name: 'by name, each once, ours before theirs',
      props: { port: 80, env: { Z: '1', PORT: '99', NO_HOME: 'x', A: 'yes', constructor: 'c' } },
      expected: { A: 'yes', NO_HOME: 'true', PORT: '80', Z: '1', constructor: 'c' },
    },
  ])('$name', ({ props, expected }) => {
    expect(containerOf(props).env).toEqual(
      expected && Object.entries(expected).map(([name, value]) => ({ name, value })),
    );
  });

  test('has the secrets of the tool, if there are any', () => {
    expect(containerOf({}).envFrom).toEqual([{ secretRef: { name: 'envvars', optional: true } }]);
  });
});

test.each([
  { replicas: 1, type: 'Recreate' },
  { replicas: 2, type: 'RollingUpdate' },
])('$replicas replicas: $type', ({ replicas, type }) => {
  const [deployment] = objectsOf((chart) => new Continuous(chart, 'web', { ...workload, replicas }));
  expect(deployment.spec).toMatchObject({ replicas, strategy: { type }, progressDeadlineSeconds: 600 });
});

test('a link changes the workload and not its pods', () => {
  const links = [{ name: 'source', title: 'Source', url: 'https://git.example.org/a' }];
  const objects = [undefined, links].map(
    (each) =>
      objectsOf((chart) => new Continuous(chart, 'web', { ...workload, replicas: 1, links: each }))[0],
  );
  const [without, withLinks] = objects;
  expect(withLinks.metadata.annotations).toEqual({
    'link.argocd.argoproj.io/source': 'Source|https://git.example.org/a',
  });
  expect(withLinks.spec).toEqual(without.spec);
});

test('walls keep blocked addresses out of their own family only', () => {
  const [, allow] = objectsOf(
    (chart) => new Tenant(chart, 't', { tool: 'hello', quota, limits, ...network }),
  ).slice(-2);
  const world = allow.spec.egress.at(-1).to.map(({ ipBlock }: { ipBlock: object }) => ipBlock);
  expect(world).toEqual([
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16'] },
    { cidr: '::/0', except: ['fd00::/8'] },
  ]);
});

test('nothing is blocked where nothing is named', () => {
  const props = { tool: 'hello', quota, limits, ingressNamespace: 'i', blockedCidrs: [] };
  const [, allow] = objectsOf((chart) => new Tenant(chart, 't', props)).slice(-2);
  expect(allow.spec.egress.at(-1).to[0]).toEqual({ ipBlock: { cidr: '0.0.0.0/0' } });
});

test('an Application never names a finalizer', () => {
  const destination = { server: 'https://k', namespace: 'n' };
  const source = { repoUrl: 'https://x/y', branch: 'main', path: 'p' };
  const place = { name: 'a', namespace: 'argocd', project: 'a' };
  const [application] = objectsOf(
    (chart) => new ArgoApplication(chart, 'a', { ...place, source, destination, failOnSharedResource: true }),
  );
  expect(application.metadata.finalizers).toBeUndefined();
});
