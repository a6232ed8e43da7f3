import type { k8s } from 'cdk8s-plus-27';
import { podTemplate } from './pod-template.ts';
import type { WorkloadProps } from './workload-props.ts';
import { written } from './written.ts';

export interface JobProps extends WorkloadProps {
  /** How often a failed run is tried again. */
  readonly retry: number;
  /** Seconds after which a run is stopped; `undefined`: never. */
  readonly timeout?: number | undefined;
}

/**
 * One run of a job.
 * @param keepSeconds after which a finished run is removed; `undefined`: with its CronJob or the next run
 */
export function jobSpec(props: JobProps, kind: 'cronjobs' | 'jobs', keepSeconds?: number): k8s.JobSpec {
  return written<k8s.JobSpec>({
    activeDeadlineSeconds: props.timeout,
    backoffLimit: props.retry,
    template: podTemplate(props, kind),
    ttlSecondsAfterFinished: keepSeconds,
  });
}
