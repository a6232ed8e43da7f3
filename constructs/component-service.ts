import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { labelsOf, type Owner, placeOf, selectorOf } from './owner.ts';

export interface ComponentServiceProps extends Owner {
  /** Listening port of the process; the Service uses the same number. */
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** ClusterIP Service named after its component; routes point at it. */
export class ComponentService extends Construct {
  constructor(scope: Construct, id: string, props: ComponentServiceProps) {
    super(scope, id);
    const { port, protocol } = props;
    new k8s.KubeService(this, 'Resource', {
      metadata: { ...placeOf(props), labels: labelsOf(props, 'deployments') },
      spec: {
        type: 'ClusterIP',
        selector: selectorOf(props),
        ports: [{ port, targetPort: k8s.IntOrString.fromNumber(port), protocol }],
      },
    });
  }
}
