import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { type JobProps, jobSpec } from './job-spec.ts';
import { linkAnnotations } from './links.ts';
import { placeOf } from './owner.ts';
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
    const job = { ...props, kind: 'jobs' } as const;
    new k8s.KubeJob(this, 'Resource', {
      metadata: {
        annotations: {
          'argocd.argoproj.io/hook': 'PreSync',
          'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
          ...linkAnnotations(props.links ?? []),
        },
        labels: workloadLabels(job),
        ...placeOf(props),
      },
      spec: jobSpec(job),
    });
  }

  private addOnDemand(props: OneOffProps): void {
    const job = { ...props, kind: 'cronjobs' } as const;
    new k8s.KubeCronJob(this, 'Resource', {
      metadata: {
        annotations: linkAnnotations(props.links ?? []),
        labels: workloadLabels(job),
        ...placeOf(props),
      },
      spec: {
        concurrencyPolicy: 'Forbid',
        failedJobsHistoryLimit: 1,
        jobTemplate: { metadata: { labels: workloadLabels(job) }, spec: jobSpec(job) },
        schedule: NEVER_USED,
        successfulJobsHistoryLimit: 1,
        suspend: true,
      },
    });
  }
}
