import { k8s } from 'cdk8s-plus-27';
import { formatCpu, formatMemory } from '../src/model/quantity.ts';
import { commandOf } from './command.ts';
import { type HealthCheck, probesOf } from './probes.ts';
import type { WorkloadProps } from './workload-props.ts';

export interface ContainerProps extends WorkloadProps {
  /** Port that the process listens on. */
  readonly port?: number | undefined;
  readonly healthCheck?: HealthCheck | undefined;
}

/** The tool's secrets, set by its maintainers in the cluster: their values never enter git. */
const SECRET = 'envvars';
/** Name of the volume that is the tool's home. */
export const HOME_VOLUME = 'home';

/** The one container of a component's pod. */
export function containerOf(props: ContainerProps): k8s.Container {
  const { image, home, healthCheck, launcher } = props;
  const env = envOf(props);
  return {
    name: 'job',
    image,
    command: commandOf(props),
    ...(env.length > 0 && { env }),
    envFrom: [{ secretRef: { name: SECRET, optional: true } }],
    resources: resourcesOf(props),
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ['ALL'] },
    },
    ...probesOf(healthCheck, launcher),
    ...(home && { volumeMounts: [{ name: HOME_VOLUME, mountPath: home.path }] }),
  };
}

/** By name, each once: Kubernetes refuses a name that is there twice. */
function envOf({ env, launcher, port }: ContainerProps): k8s.EnvVar[] {
  const values = new Map(Object.entries(env ?? {}));
  // Buildpack images have no home folder.
  if (launcher) values.set('NO_HOME', 'true');
  if (port !== undefined) values.set('PORT', String(port));
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }));
}

function resourcesOf({ cpu, memory }: ContainerProps): k8s.ResourceRequirements {
  return {
    requests: quantities(cpu.request, memory.request),
    limits: quantities(cpu.limit, memory.limit),
  };
}

/** CPU in thousandths of a core and memory in bytes, as Kubernetes writes them. */
export function quantities(cpu: number, memory: number): { cpu: k8s.Quantity; memory: k8s.Quantity } {
  return {
    cpu: k8s.Quantity.fromString(formatCpu(cpu)),
    memory: k8s.Quantity.fromString(formatMemory(memory)),
  };
}
