import type { k8s } from 'cdk8s-plus-27';
import { shared } from '../src/model/shared.ts';
import { type ContainerProps, containerOf, HOME_VOLUME } from './container.ts';
import { selectorOf, type WorkloadKind } from './owner.ts';
import type { WorkloadProps } from './workload-props.ts';
import { written } from './written.ts';

const SECCOMP: k8s.SeccompProfile = shared({ type: 'RuntimeDefault' });

/** The pod of a component: it passes Pod Security `restricted`, and changes only when what it runs does. */
export function podTemplate(props: ContainerProps, kind: WorkloadKind): k8s.PodTemplateSpec {
  const { tool, uid, home } = props;
  return {
    metadata: { labels: workloadLabels(props, kind) },
    spec: written<k8s.PodSpec>({
      containers: [containerOf(props)],
      restartPolicy: kind === 'deployments' ? 'Always' : 'Never',
      securityContext: {
        fsGroup: uid,
        runAsGroup: uid,
        runAsNonRoot: true,
        runAsUser: uid,
        seccompProfile: SECCOMP,
      },
      serviceAccountName: tool,
      terminationGracePeriodSeconds: 15,
      topologySpreadConstraints: [
        {
          labelSelector: { matchLabels: selectorOf(props) },
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
        },
      ],
      volumes: home && [{ name: HOME_VOLUME, persistentVolumeClaim: { claimName: home.claim } }],
    }),
  };
}

/** Labels of a workload and of its pods, by which Toolforge's mailer finds its jobs. */
export function workloadLabels(
  { tool, component, emails, filelog, home }: WorkloadProps,
  kind: WorkloadKind,
): Record<string, string> {
  return written<Record<string, string>>({
    'app.kubernetes.io/component': kind,
    'app.kubernetes.io/created-by': tool,
    'app.kubernetes.io/name': component,
    'app.kubernetes.io/version': '2',
    'jobs.toolforge.org/emails': emails,
    'jobs.toolforge.org/filelog': filelog && 'yes',
    toolforge: 'tool',
    'toolforge.org/mount-storage': home === undefined ? 'none' : 'all',
  });
}
