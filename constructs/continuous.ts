import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { linkAnnotations } from './links.ts';
import { placeOf, selectorOf } from './owner.ts';
import { podTemplate, workloadLabels } from './pod-template.ts';
import type { HealthCheck } from './probes.ts';
import type { WorkloadProps } from './workload-props.ts';

export interface ContinuousProps extends WorkloadProps {
  /** Pods that run at once; at least 1. */
  readonly replicas: number;
  /** Port that the process listens on; a `ComponentService` makes it reachable. */
  readonly port?: number | undefined;
  readonly healthCheck?: HealthCheck | undefined;
}

/** A component that always runs: a Deployment. A single pod is replaced, more than one roll. */
export class Continuous extends k8s.KubeDeployment {
  constructor(scope: Construct, id: string, props: ContinuousProps) {
    const { replicas, links = [] } = props;
    const pod = { ...props, kind: 'deployments' } as const;
    super(scope, id, {
      metadata: { annotations: linkAnnotations(links), labels: workloadLabels(pod), ...placeOf(props) },
      spec: {
        progressDeadlineSeconds: 600,
        replicas,
        selector: { matchLabels: selectorOf(props) },
        strategy: { type: replicas === 1 ? 'Recreate' : 'RollingUpdate' },
        template: podTemplate(pod),
      },
    });
  }
}
