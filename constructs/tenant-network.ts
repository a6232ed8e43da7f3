import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { shared, sharedBy } from '../src/model/shared.ts';

export interface TenantNetworkProps {
  /** Namespace that the walls stand around. */
  readonly namespace: string;
  /** Namespace of the ingress controller: the only way in from outside. */
  readonly ingressNamespace: string;
  /** CIDRs, of IPv4 or IPv6, that pods may not reach. */
  readonly blockedCidrs: readonly string[];
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/**
 * NetworkPolicies of a namespace: nothing gets in or out, but for what one more policy allows. One and not one for each
 * way, since Argo CD keeps the list of a shard's objects in a single one of limited size.
 */
export class TenantNetwork extends Construct {
  constructor(scope: Construct, id: string, props: TenantNetworkProps) {
    super(scope, id);
    const { namespace, annotations = {} } = props;
    new k8s.KubeNetworkPolicy(this, 'Deny', {
      metadata: { annotations, name: 'default-deny', namespace },
      spec: DENY,
    });
    new k8s.KubeNetworkPolicy(this, 'Allow', {
      metadata: { annotations, name: 'allow', namespace },
      spec: {
        egress: egressOf(props.blockedCidrs),
        ingress: [{ from: [SAME_NAMESPACE, namespaceNamed(props.ingressNamespace)] }],
        podSelector: DENY.podSelector,
        policyTypes: DENY.policyTypes,
      },
    });
  }
}

const DENY = shared({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

const SAME_NAMESPACE: k8s.NetworkPolicyPeer = { podSelector: {} };

const DNS: k8s.NetworkPolicyEgressRule = {
  ports: [
    { port: k8s.IntOrString.fromNumber(53), protocol: 'UDP' },
    { port: k8s.IntOrString.fromNumber(53), protocol: 'TCP' },
  ],
  to: [{ ...namespaceNamed('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
};

/** By the label that the API server puts on every namespace. */
function namespaceNamed(name: string): k8s.NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

const egressOf = sharedBy((blocked: readonly string[]): k8s.NetworkPolicyEgressRule[] => [
  { to: [SAME_NAMESPACE] },
  DNS,
  { to: worldWithout(blocked) },
]);

/** Both families, each without what is blocked of it. */
function worldWithout(blocked: readonly string[]): k8s.NetworkPolicyPeer[] {
  const isIpv6 = (cidr: string) => cidr.includes(':');
  return [
    world(
      '0.0.0.0/0',
      blocked.filter((cidr) => !isIpv6(cidr)),
    ),
    world('::/0', blocked.filter(isIpv6)),
  ];
}

function world(cidr: string, except: readonly string[]): k8s.NetworkPolicyPeer {
  return { ipBlock: { cidr, ...(except.length > 0 && { except: [...except] }) } };
}
