import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { type JobProps, jobSpec } from './job-spec.ts';
import { linkAnnotations } from './links.ts';
import { placeOf } from './owner.ts';
import { workloadLabels } from './pod-template.ts';

export interface ScheduledProps extends JobProps {
  /** Five cron fields, as Kubernetes takes them. */
  readonly schedule: string;
  /** The schedule as its maintainer wrote it, `@daily` say; kept as an annotation. */
  readonly scheduleText: string;
}

/** A component that runs by the clock: a CronJob, one run at a time. */
export class Scheduled extends k8s.KubeCronJob {
  constructor(scope: Construct, id: string, props: ScheduledProps) {
    const { schedule, scheduleText, links = [] } = props;
    const job = { ...props, keepSeconds: 30, kind: 'cronjobs' } as const;
    super(scope, id, {
      metadata: {
        annotations: { 'jobs.toolforge.org/cron-expression': scheduleText, ...linkAnnotations(links) },
        labels: workloadLabels(job),
        ...placeOf(props),
      },
      spec: {
        concurrencyPolicy: 'Forbid',
        failedJobsHistoryLimit: 1,
        jobTemplate: { metadata: { labels: workloadLabels(job) }, spec: jobSpec(job) },
        schedule,
        startingDeadlineSeconds: 30,
        successfulJobsHistoryLimit: 1,
      },
    });
  }
}
