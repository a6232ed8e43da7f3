import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { labelsOf, type Owner, selectorOf } from './owner.ts';

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
      metadata: {
        labels: labelsOf(props, 'deployments'),
        name: props.component,
        namespace: namespaceOf(props.tool),
      },
      spec: {
        ports: [{ port, protocol, targetPort: k8s.IntOrString.fromNumber(port) }],
        selector: selectorOf(props),
        type: 'ClusterIP',
      },
    });
  }
}
