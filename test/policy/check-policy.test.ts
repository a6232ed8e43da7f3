import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import type { RenderedFile } from '../../src/model/manifest.ts';
import { POLICY_CODES } from '../../src/model/policy-codes.ts';
import type { ResolvedTool } from '../../src/model/resolved-tool.ts';
import { checkPolicy } from '../../src/policy/check-policy.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import { mutate } from '../support/mutate.ts';
import {
  DIGEST,
  oneOff,
  scheduled,
  someComponent,
  somePlatform,
  someTool,
  web,
} from '../support/resolved-tool.ts';
import { SHAPES } from '../support/tool-shapes.ts';

const components = [
  someComponent('web', { run: web(), mount: 'all' }),
  someComponent('nightly', { run: scheduled() }),
  someComponent('migrate', { run: oneOff({ onDeploy: true }) }),
];
const tool = someTool('hello', { components });
const viaGateway = someTool('hello', {
  components,
  platform: somePlatform({ routes: { kind: 'gateway', gateway: 'web', namespace: 'gateways' } }),
});

function found(files: readonly RenderedFile[], of: ResolvedTool = tool): readonly string[] {
  return checkPolicy(files, { tool: of.name, platform: of.platform }).map(
    ({ kind, field, code }) => `${code} ${kind} ${field}`,
  );
}

describe('what we render', () => {
  test.each(Object.entries(SHAPES))('keeps every rule: %s', (_, shape) => {
    expect(found(renderTool(shape), shape)).toEqual([]);
  });
});

interface Case {
  readonly code: keyof typeof POLICY_CODES;
  readonly kind?: string;
  /** Where it is found, when not in the field that is changed. */
  readonly at?: string;
  readonly field: string;
  readonly value?: Json;
}

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers[0]`;
const SAFE: Json = {
  name: 'x',
  image: `registry.example.org/tool-hello/x@${DIGEST}`,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

const POD_CASES: readonly Case[] = [
  { code: 'TFG610', field: `${POD}.hostNetwork`, value: true },
  { code: 'TFG610', field: `${POD}.hostPID`, value: true },
  { code: 'TFG610', field: `${POD}.hostIPC`, value: true },
  ...['hostPath', 'nfs', 'iscsi', 'awsElasticBlockStore', 'flexVolume', 'gitRepo'].map(
    (type): Case => ({
      code: 'TFG611',
      field: `${POD}.volumes[1]`,
      at: `${POD}.volumes[1].${type}`,
      value: { name: 'v', [type]: {} },
    }),
  ),
  { code: 'TFG611', field: `${POD}.volumes[0].hostPath`, value: { path: '/' } },
  { code: 'TFG611', field: `${POD}.volumes[1]`, value: { name: 'v' } },
  { code: 'TFG620', field: `${POD}.securityContext.sysctls[0].name`, value: 'kernel.msgmax' },
  {
    code: 'TFG622',
    field: 'spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/job"]',
    value: 'unconfined',
  },
  { code: 'TFG622', field: `${POD}.securityContext.appArmorProfile.type`, value: 'Unconfined' },
  { code: 'TFG615', field: `${POD}.securityContext.seccompProfile.type`, value: 'Unconfined' },
  {
    code: 'TFG615',
    field: `${POD}.securityContext.seccompProfile`,
    at: `${CONTAINER}.securityContext.seccompProfile`,
  },
  { code: 'TFG616', field: `${POD}.securityContext.runAsNonRoot`, value: false },
  {
    code: 'TFG616',
    field: `${POD}.securityContext.runAsNonRoot`,
    at: `${CONTAINER}.securityContext.runAsNonRoot`,
  },
  { code: 'TFG617', field: `${POD}.securityContext.runAsUser`, value: 0 },
  { code: 'TFG621', field: `${POD}.securityContext.seLinuxOptions.type`, value: 'spc_t' },
  { code: 'TFG621', field: `${POD}.securityContext.seLinuxOptions.user`, value: 'system_u' },
  { code: 'TFG621', field: `${POD}.securityContext.seLinuxOptions.role`, value: 'system_r' },
  { code: 'TFG624', field: `${POD}.securityContext.windowsOptions.hostProcess`, value: true },
];

const CONTAINER_CASES: readonly Case[] = [
  { code: 'TFG612', field: 'ports[0].hostPort', value: 80 },
  { code: 'TFG613', field: 'securityContext.privileged', value: true },
  { code: 'TFG614', field: 'securityContext.capabilities.drop', value: ['NET_RAW'] },
  { code: 'TFG614', field: 'securityContext.capabilities.add[0]', value: 'SYS_ADMIN' },
  { code: 'TFG614', field: 'securityContext.capabilities', at: 'securityContext.capabilities.drop' },
  { code: 'TFG615', field: 'securityContext.seccompProfile.type', value: 'Unconfined' },
  { code: 'TFG616', field: 'securityContext.runAsNonRoot', value: false },
  { code: 'TFG617', field: 'securityContext.runAsUser', value: 0 },
  { code: 'TFG618', field: 'securityContext.allowPrivilegeEscalation', value: true },
  { code: 'TFG618', field: 'securityContext.allowPrivilegeEscalation' },
  { code: 'TFG619', field: 'securityContext.procMount', value: 'Unmasked' },
  { code: 'TFG621', field: 'securityContext.seLinuxOptions.type', value: 'spc_t' },
  { code: 'TFG622', field: 'securityContext.appArmorProfile.type', value: 'Unconfined' },
  { code: 'TFG623', field: 'livenessProbe.httpGet.host', value: '169.254.169.254' },
  { code: 'TFG623', field: 'startupProbe.tcpSocket.host', value: '10.0.0.1' },
  { code: 'TFG623', field: 'lifecycle.preStop.httpGet.host', value: '10.0.0.1' },
  { code: 'TFG624', field: 'securityContext.windowsOptions.hostProcess', value: true },
  { code: 'TFG630', field: 'image', value: 'Not An Image' },
  { code: 'TFG630', field: 'image' },
  { code: 'TFG631', field: 'image', value: `docker.io/library/nginx@${DIGEST}` },
  { code: 'TFG631', field: 'image', value: 'nginx' },
  { code: 'TFG632', field: 'image', value: `registry.example.org/tool-other/web@${DIGEST}` },
  { code: 'TFG632', field: 'image', value: `registry.example.org/tool-hello-2/web@${DIGEST}` },
  { code: 'TFG633', field: 'image', value: 'registry.example.org/tool-hello/web:latest' },
];

const GRANT_CASES: readonly Case[] = [
  { code: 'TFG602', kind: 'Namespace', field: 'metadata.name', value: 'kube-system' },
  { code: 'TFG642', kind: 'Namespace', field: 'metadata.labels["pod-security.kubernetes.io/enforce"]' },
  {
    code: 'TFG642',
    kind: 'Namespace',
    field: 'metadata.labels["pod-security.kubernetes.io/enforce"]',
    value: 'baseline',
  },
  ...[
    'ResourceQuota',
    'LimitRange',
    'ServiceAccount',
    'NetworkPolicy',
    'Deployment',
    'Service',
    'Ingress',
  ].flatMap((kind): Case[] => [
    { code: 'TFG602', kind, field: 'metadata.namespace', value: 'tool-other' },
    { code: 'TFG602', kind, field: 'metadata.namespace' },
  ]),
  { code: 'TFG602', kind: 'AppProject', field: 'metadata.name', value: 'platform' },
  { code: 'TFG602', kind: 'Application', field: 'metadata.namespace', value: 'tool-hello' },
  { code: 'TFG640', kind: 'AppProject', field: 'spec.sourceRepos', value: ['*'] },
  { code: 'TFG640', kind: 'AppProject', field: 'spec.sourceRepos' },
  { code: 'TFG640', kind: 'AppProject', field: 'spec.destinations[0].namespace', value: '*' },
  {
    code: 'TFG640',
    kind: 'AppProject',
    field: 'spec.clusterResourceWhitelist',
    value: [{ group: '*', kind: '*' }],
  },
  { code: 'TFG640', kind: 'AppProject', field: 'spec.namespaceResourceWhitelist' },
  {
    code: 'TFG640',
    kind: 'AppProject',
    field: 'spec.namespaceResourceWhitelist[0]',
    value: { group: '', kind: 'ResourceQuota' },
  },
  { code: 'TFG640', kind: 'AppProject', field: 'spec.sourceNamespaces', value: ['*'] },
  {
    code: 'TFG640',
    kind: 'AppProject',
    field: 'spec.roles[0].policies[0]',
    value: 'p, proj:tool-hello:maintainers, applications, *, tool-other/*, allow',
  },
  { code: 'TFG641', kind: 'Application', field: 'spec.project', value: 'platform' },
  { code: 'TFG641', kind: 'Application', field: 'spec.source.path', value: 'manifests-out/platform/shard-0' },
  { code: 'TFG641', kind: 'Application', field: 'spec.destination.namespace', value: 'argocd' },
  { code: 'TFG641', kind: 'Application', field: 'spec.sources', value: [] },
  { code: 'TFG606', kind: 'Service', field: 'spec.type', value: 'NodePort' },
  { code: 'TFG606', kind: 'Service', field: 'spec.type', value: 'LoadBalancer' },
  { code: 'TFG606', kind: 'Service', field: 'spec.externalIPs', value: ['1.2.3.4'] },
  { code: 'TFG606', kind: 'Service', field: 'spec.externalName', value: 'example.org' },
  { code: 'TFG606', kind: 'Service', field: 'spec.loadBalancerIP', value: '1.2.3.4' },
  { code: 'TFG606', kind: 'Service', field: 'spec.ports[0].nodePort', value: 30_000 },
  { code: 'TFG604', kind: 'Ingress', field: 'spec.rules[0].host', value: 'other.toolforge.org' },
  { code: 'TFG604', kind: 'Ingress', field: 'spec.rules[0].host' },
  { code: 'TFG604', kind: 'Ingress', field: 'spec.tls[0].hosts[0]', value: '*.toolforge.org' },
  { code: 'TFG604', kind: 'Ingress', field: 'spec.defaultBackend', value: { service: { name: 'web' } } },
  { code: 'TFG601', kind: 'Deployment', field: 'apiVersion', value: 'apps/v1beta1', at: '' },
];

function expectFound({ code, kind = 'Deployment', field, at = field, value }: Case): void {
  const files = mutate(renderTool(tool), kind, field, value);
  expect(found(files)).toEqual([`${code} ${kind} ${at}`]);
}

const title = ({ code, kind = '', field, value }: Case) =>
  `${code} ${kind} ${field} = ${value === undefined ? 'absent' : JSON.stringify(value)}`;
const named = (cases: readonly Case[]) => cases.map((each) => [title(each), each] as const);

describe('each field that breaks a rule is found', () => {
  test.each(named(POD_CASES))('%s', (_, broken) => expectFound(broken));

  test.each(named(GRANT_CASES))('%s', (_, broken) => expectFound(broken));

  test.each(named(CONTAINER_CASES))('container: %s', (_, broken) => {
    const at = `${CONTAINER}.${broken.at ?? broken.field}`;
    expectFound({ ...broken, field: `${CONTAINER}.${broken.field}`, at });
  });

  describe.each(['initContainers', 'ephemeralContainers'])('%s', (list) => {
    test.each(named(CONTAINER_CASES))('%s', (_, broken) => {
      const files = mutate(renderTool(tool), 'Deployment', `${POD}.${list}[0]`, SAFE);
      expect(found(files)).toEqual([]);
      const container = `${POD}.${list}[0]`;
      const changed = mutate(files, 'Deployment', `${container}.${broken.field}`, broken.value);
      expect(found(changed)).toEqual([`${broken.code} Deployment ${container}.${broken.at ?? broken.field}`]);
    });
  });
});

describe('pods of jobs are pods', () => {
  test.each([
    { kind: 'CronJob', template: 'spec.jobTemplate.spec.template' },
    { kind: 'Job', template: 'spec.template' },
  ])('$kind', ({ kind, template }) => {
    const field = `${template}.spec.containers[0].securityContext.privileged`;
    expect(found(mutate(renderTool(tool), kind, field, true))).toEqual([`TFG613 ${kind} ${field}`]);
  });
});

describe('routes of the Gateway API', () => {
  test.each<Case>([
    { code: 'TFG604', field: 'spec.hostnames[0]', value: 'other.toolforge.org' },
    { code: 'TFG604', field: 'spec.hostnames', at: 'spec.hostnames[0]', value: [] },
    { code: 'TFG604', field: 'spec.hostnames', at: 'spec.hostnames[0]' },
    { code: 'TFG607', field: 'spec.rules[0].backendRefs[0].namespace', value: 'tool-other' },
  ])('$code $field', ({ code, field, at = field, value }) => {
    const files = mutate(renderTool(viaGateway), 'HTTPRoute', field, value);
    expect(found(files, viaGateway)).toEqual([`${code} HTTPRoute ${at}`]);
  });

  test('have no place where the platform routes by Ingress', () => {
    const files = renderTool(viaGateway);
    expect(found(files, { ...viaGateway, platform: somePlatform() })).toEqual(['TFG601 HTTPRoute ']);
  });
});

describe('files', () => {
  const files = renderTool(tool);
  const [granted, ...workloads] = files as [RenderedFile, ...RenderedFile[]];
  const swapped = (path: string, objects: RenderedFile['objects']) => [{ path, objects, text: '' }];

  test('hold their own kinds only', () => {
    const quota = granted.objects.filter(({ kind }) => kind === 'ResourceQuota');
    expect(found(swapped('manifests-out/tools/hello/web.yaml', quota))).toEqual(['TFG601 ResourceQuota ']);
    const web = workloads.flatMap(({ objects }) => objects).filter(({ kind }) => kind === 'Service');
    expect(found(swapped('manifests-out/platform/shard-0/hello.yaml', web))).toEqual(['TFG601 Service ']);
  });

  test.each(['ClusterRoleBinding', 'Secret', 'ConfigMap', 'DaemonSet', 'Pod'])('hold no %s', (kind) => {
    const metadata = { name: 'x', namespace: 'tool-hello' };
    const codes = found(swapped('manifests-out/tools/hello/x.yaml', [{ apiVersion: 'v1', kind, metadata }]));
    expect(codes).toContain(`TFG601 ${kind} `);
  });

  test.each(['manifests-out/tools/other/web.yaml', 'manifests-out/root.yaml', 'README.md'])(
    'are the tool’s own: %s',
    (path) => {
      expect(found(swapped(path, []))).toEqual(['TFG600  ']);
    },
  );

  test('name each object once', () => {
    const web = workloads.find(({ path }) => path.endsWith('/web.yaml')) as RenderedFile;
    const copy = { ...web, path: 'manifests-out/tools/hello/again.yaml' };
    expect(found([...files, copy])).toEqual([
      'TFG603 Deployment ',
      'TFG603 Service ',
      'TFG603 Ingress ',
      'TFG605 Ingress spec.rules[0].http.paths[0]',
    ]);
  });
});

test('an image of a shared project or an allowed host needs no digest', () => {
  for (const image of ['registry.example.org/library/php:8', 'docker-registry.wikimedia.org/php']) {
    expect(found(mutate(renderTool(tool), 'Deployment', `${CONTAINER}.image`, image))).toEqual([]);
  }
});

test('every code is found by a test here', () => {
  const cases = [...POD_CASES, ...CONTAINER_CASES, ...GRANT_CASES].map(({ code }) => code);
  const elsewhere = ['TFG600', 'TFG603', 'TFG605', 'TFG607'];
  expect([...new Set([...cases, ...elsewhere])].sort()).toEqual(Object.keys(POLICY_CODES).sort());
});
