import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ContainerLimits, Quota } from '../src/model/limits.ts';
import { namespaceOf } from '../src/model/names.ts';
import { formatCpu, formatMemory } from '../src/model/quantity.ts';
import { sharedBy } from '../src/model/shared.ts';
import { quantities } from './container.ts';
import { keepUnless } from './keep.ts';
import { TenantNetwork } from './tenant-network.ts';

export interface TenantProps {
  /** Name of the tool. */
  readonly tool: string;
  /** What the tool may use in all; CPU in thousandths of a core, memory in bytes. */
  readonly quota: Quota;
  /** What one of its containers may ask for, and gets when it asks for nothing. */
  readonly limits: ContainerLimits;
  /** Namespace of the ingress controller. */
  readonly ingressNamespace: string;
  /** CIDRs, of IPv4 or IPv6, that the tool may not reach. */
  readonly blockedCidrs: readonly string[];
  /** On its way out: its objects may be pruned. */
  readonly retired?: boolean | undefined;
}

/** A tool's place in the cluster: its Namespace, what it may use there, and the walls around it. */
export class Tenant extends Construct {
  constructor(scope: Construct, id: string, props: TenantProps) {
    super(scope, id);
    const { tool, quota, limits, ingressNamespace, blockedCidrs, retired = false } = props;
    const namespace = namespaceOf(tool);
    const annotations = keepUnless(retired);
    new k8s.KubeNamespace(this, 'Namespace', {
      metadata: { annotations, labels: namespaceLabels(tool), name: namespace },
    });
    new k8s.KubeResourceQuota(this, 'Quota', {
      metadata: { annotations, name: 'tool', namespace },
      spec: quotaSpec(quota),
    });
    new k8s.KubeLimitRange(this, 'Limits', {
      metadata: { annotations, name: 'tool', namespace },
      spec: limitSpec(limits),
    });
    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      automountServiceAccountToken: false,
      metadata: { annotations, name: tool, namespace },
    });
    new TenantNetwork(this, 'Network', { annotations, blockedCidrs, ingressNamespace, namespace });
  }
}

function namespaceLabels(tool: string): Record<string, string> {
  return {
    'app.kubernetes.io/created-by': tool,
    'pod-security.kubernetes.io/enforce': 'restricted',
    toolforge: 'tool',
  };
}

const quotaSpec = sharedBy((quota: Quota): k8s.ResourceQuotaSpec => {
  const hard = {
    configmaps: String(quota.configMaps),
    'count/cronjobs.batch': String(quota.cronjobs),
    'count/deployments.apps': String(quota.deployments),
    'count/jobs.batch': String(quota.jobs),
    'limits.cpu': formatCpu(quota.limitsCpu),
    'limits.memory': formatMemory(quota.limitsMemory),
    persistentvolumeclaims: String(quota.persistentVolumeClaims),
    pods: String(quota.pods),
    'requests.cpu': formatCpu(quota.requestsCpu),
    'requests.memory': formatMemory(quota.requestsMemory),
    secrets: String(quota.secrets),
    services: String(quota.services),
    'services.nodeports': String(quota.nodePorts),
  };
  const quantity = ([key, text]: [string, string]) => [key, k8s.Quantity.fromString(text)];
  return { hard: Object.fromEntries(Object.entries(hard).map(quantity)) };
});

const limitSpec = sharedBy((limits: ContainerLimits): k8s.LimitRangeSpec => {
  const range = ({ cpu, memory }: ContainerLimits['max']) => quantities(cpu, memory);
  const container = {
    default: range(limits.default),
    defaultRequest: range(limits.defaultRequest),
    max: range(limits.max),
    min: range(limits.min),
    type: 'Container',
  };
  return { limits: [container] };
});
