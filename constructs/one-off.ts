import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { type JobProps, jobSpec } from './job-spec.ts';
import { linkAnnotations } from './links.ts';
import { workloadLabels } from './pod-template.ts';

export interface OneOffProps extends JobProps {
  /** Run before each deploy, which stops when the run fails; else run when a person asks for it. */
  readonly onDeploy: boolean;
}

/** A CronJob needs a schedule even when it is suspended. */
const NEVER_USED = '0 0 1 1 *';

/**
 * A component that runs to its end: before each deploy as a Job (Argo CD's PreSync hook), or on demand as a suspended
 * CronJob, from which Argo CD's "Create Job" makes a run. A finished run stays until the next, so that its log can be
 * read.
 */
export class OneOff extends Construct {
  constructor(scope: Construct, id: string, props: OneOffProps) {
    super(scope, id);
    if (props.onDeploy) this.addHook(props);
    else this.addOnDemand(props);
  }

  private addHook(props: OneOffProps): void {
    new k8s.KubeJob(this, 'Resource', {
      metadata: {
        annotations: {
          'argocd.argoproj.io/hook': 'PreSync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
          ...linkAnnotations(props.links ?? []),
        },
        labels: workloadLabels(props, 'jobs'),
        name: props.component,
        namespace: namespaceOf(props.tool),
      },
      spec: jobSpec(props, 'jobs'),
    });
  }

  private addOnDemand(props: OneOffProps): void {
    new k8s.KubeCronJob(this, 'Resource', {
      metadata: {
        annotations: linkAnnotations(props.links ?? []),
        labels: workloadLabels(props, 'cronjobs'),
        name: props.component,
        namespace: namespaceOf(props.tool),
      },
      spec: {
        concurrencyPolicy: 'Forbid',
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels: workloadLabels(props, 'cronjobs') },
          spec: jobSpec(props, 'cronjobs'),
        },
        schedule: NEVER_USED,
        successfulJobsHistoryLimit: 1,
        suspend: true,
      },
    });
  }
}
