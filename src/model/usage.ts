import type { Quota } from './limits.ts';
import type { Resources } from './resources.ts';

/** What components count against their tool's quota. */

export type UsageKey = Exclude<
  keyof Quota,
  'nodePorts' | 'secrets' | 'configMaps' | 'persistentVolumeClaims'
>;
export type Usage = Readonly<Record<UsageKey, number>>;

export type RunShape =
  | { readonly type: 'continuous'; readonly replicas: number; readonly hasPort: boolean }
  | { readonly type: 'scheduled' }
  | { readonly type: 'one-off'; readonly onDeploy: boolean };

/** Pods of a Deployment during an update: with more than one replica a rolling update adds a quarter, rounded up. */
function podsOf(replicas: number): number {
  return replicas > 1 ? replicas + Math.ceil(replicas / 4) : replicas;
}

/** The most that a component uses at once. A job on demand or by the clock runs once at a time. */
export function usageOf(run: RunShape, { cpu, memory }: Resources): Usage {
  const continuous = run.type === 'continuous';
  const pods = continuous ? podsOf(run.replicas) : 1;
  return {
    requestsCpu: cpu.request * pods,
    limitsCpu: cpu.limit * pods,
    requestsMemory: memory.request * pods,
    limitsMemory: memory.limit * pods,
    pods,
    deployments: continuous ? 1 : 0,
    cronjobs: continuous || (run.type === 'one-off' && run.onDeploy) ? 0 : 1,
    jobs: continuous ? 0 : 1,
    services: continuous && run.hasPort ? 1 : 0,
  };
}
