import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { linkAnnotations } from './links.ts';
import { selectorOf } from './owner.ts';
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
    const { tool, component, replicas, links = [] } = props;
    super(scope, id, {
      metadata: {
        annotations: linkAnnotations(links),
        labels: workloadLabels(props, 'deployments'),
        name: component,
        namespace: namespaceOf(tool),
      },
      spec: {
        progressDeadlineSeconds: 600,
        replicas,
        selector: { matchLabels: selectorOf(props) },
        strategy: { type: replicas === 1 ? 'Recreate' : 'RollingUpdate' },
        template: podTemplate(props, 'deployments'),
      },
    });
  }
}
