import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { namespaceOf } from '../src/model/names.ts';
import { type JobProps, jobSpec } from './job-spec.ts';
import { linkAnnotations } from './links.ts';
import { workloadLabels } from './pod-template.ts';

export interface ScheduledProps extends JobProps {
  /** Five cron fields, as Kubernetes takes them. */
  readonly schedule: string;
  /** The schedule as its maintainer wrote it, `@daily` say; kept as an annotation. */
  readonly scheduleText: string;
}

/** Seconds that a finished run stays. */
const KEEP_SECONDS = 30;

/** A component that runs by the clock: a CronJob, one run at a time. */
export class Scheduled extends k8s.KubeCronJob {
  constructor(scope: Construct, id: string, props: ScheduledProps) {
    const { tool, component, schedule, scheduleText, links = [] } = props;
    super(scope, id, {
      metadata: {
        annotations: { 'jobs.toolforge.org/cron-expression': scheduleText, ...linkAnnotations(links) },
        labels: workloadLabels(props, 'cronjobs'),
        name: component,
        namespace: namespaceOf(tool),
      },
      spec: {
        concurrencyPolicy: 'Forbid',
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels: workloadLabels(props, 'cronjobs') },
          spec: jobSpec(props, 'cronjobs', KEEP_SECONDS),
        },
        schedule,
        startingDeadlineSeconds: 30,
        successfulJobsHistoryLimit: 1,
      },
    });
  }
}
