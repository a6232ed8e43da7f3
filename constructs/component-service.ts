import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { labelsOf, type Owner, placeOf, selectorOf } from './owner.ts';

export interface ComponentServiceProps extends Owner {
  /** Listening port of the process; the Service uses the same number. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** ClusterIP Service named after its component; routes point at it. */
export class ComponentService extends k8s.KubeService {
  constructor(scope: Construct, id: string, props: ComponentServiceProps) {
    const { port, protocol } = props;
    super(scope, id, {
      metadata: { labels: labelsOf(props, 'deployments'), ...placeOf(props) },
      spec: {
        ports: [{ port, protocol, targetPort: k8s.IntOrString.fromNumber(port) }],
        selector: selectorOf(props),
        type: 'ClusterIP',
      },
    });
  }
}
