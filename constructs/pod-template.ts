import type { k8s } from 'cdk8s-plus-27';
import { shared } from '../src/model/shared.ts';
import { type ContainerProps, containerOf, HOME_VOLUME } from './container.ts';
import { appLabels, selectorOf, type WorkloadKind } from './owner.ts';

export interface PodTemplateProps extends ContainerProps {
  readonly kind: WorkloadKind;
}

const SECCOMP: k8s.SeccompProfile = shared({ type: 'RuntimeDefault' });

/** The pod of a component: it passes Pod Security `restricted`, and changes only when what it runs does. */
export function podTemplate(props: PodTemplateProps): k8s.PodTemplateSpec {
  const { tool, uid, home, kind } = props;
  return {
    metadata: { labels: workloadLabels(props) },
    spec: {
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
      ...(home && {
        volumes: [{ name: HOME_VOLUME, persistentVolumeClaim: { claimName: home.claim } }],
      }),
    },
  };
}

/** Labels of a workload and of its pods, by which Toolforge's mailer finds its jobs. */
export function workloadLabels(props: PodTemplateProps): Record<string, string> {
  const { kind, emails, filelog, home } = props;
  return {
    ...appLabels(props, kind),
    'jobs.toolforge.org/emails': emails,
    ...(filelog && { 'jobs.toolforge.org/filelog': 'yes' }),
    toolforge: 'tool',
    'toolforge.org/mount-storage': home === undefined ? 'none' : 'all',
  };
}
