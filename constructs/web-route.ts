import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { labelsOf, type Owner } from './owner.ts';
import { written } from './written.ts';

export interface WebRouteProps extends Owner {
  /** Name under which the component is reached from outside. */
  readonly host: string;
  /** Port of the component's Service. */
  readonly port: number;
  readonly via: IngressRoute | GatewayRoute;
}

/** By an Ingress. */
export interface IngressRoute {
  readonly kind: 'ingress';
  /** `undefined`: the cluster's default class. */
  readonly className?: string | undefined;
  /** Secret with the certificate, in the tool's namespace; `undefined`: TLS ends before the Ingress. */
  readonly tlsSecret?: string | undefined;
}

/** By an HTTPRoute of the Gateway API, attached to a Gateway. */
export interface GatewayRoute {
  readonly kind: 'gateway';
  readonly gateway: string;
  /** Namespace of the Gateway. */
  readonly namespace: string;
}

/** Leads a host, all paths of it, to a component's Service. */
export class WebRoute extends Construct {
  constructor(scope: Construct, id: string, props: WebRouteProps) {
    super(scope, id);
    const { tool, component, via } = props;
    const labels = labelsOf(props, 'deployments');
    const metadata = { labels, name: component, namespace: namespaceOf(tool) };
    if (via.kind === 'ingress') {
      new k8s.KubeIngress(this, 'Resource', { metadata, spec: ingressSpec(props, via) });
    } else {
      new ApiObject(this, 'Resource', {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata,
        spec: httpRouteSpec(props, via),
      });
    }
  }
}

function ingressSpec({ component, host, port }: WebRouteProps, via: IngressRoute): k8s.IngressSpec {
  const { className, tlsSecret } = via;
  const backend = { service: { name: component, port: { number: port } } };
  return written<k8s.IngressSpec>({
    ingressClassName: className,
    rules: [{ host, http: { paths: [{ backend, path: '/', pathType: 'Prefix' }] } }],
    tls: tlsSecret === undefined ? undefined : [{ hosts: [host], secretName: tlsSecret }],
  });
}

/** Says what the API server would fill in: Argo CD shows a custom resource with defaults as out of sync. */
function httpRouteSpec(
  { component, host, port }: WebRouteProps,
  { gateway, namespace }: GatewayRoute,
): object {
  return {
    hostnames: [host],
    parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway, namespace }],
    rules: [
      {
        backendRefs: [{ group: '', kind: 'Service', name: component, port, weight: 1 }],
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
      },
    ],
  };
}
