import type { k8s } from 'cdk8s-plus-27';
import { podTemplate } from './pod-template.ts';
import type { WorkloadProps } from './workload-props.ts';

export interface JobProps extends WorkloadProps {
  /** How often a failed run is tried again. */
  readonly retry: number;
  /** Seconds after which a run is stopped; `undefined`: never. */
  readonly timeout?: number | undefined;
}

interface JobSpecProps extends JobProps {
  readonly kind: 'cronjobs' | 'jobs';
  /** Seconds after which a finished run is removed; `undefined`: with its CronJob or the next run. */
  readonly keepSeconds?: number;
}

/** One run of a job. */
export function jobSpec({ retry, timeout, keepSeconds, ...pod }: JobSpecProps): k8s.JobSpec {
  return {
    ...(timeout !== undefined && { activeDeadlineSeconds: timeout }),
    backoffLimit: retry,
    template: podTemplate(pod),
    ...(keepSeconds !== undefined && { ttlSecondsAfterFinished: keepSeconds }),
  };
}
