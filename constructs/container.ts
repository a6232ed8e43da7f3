import { k8s } from 'cdk8s-plus-27';
import { formatCpu, formatMemory } from '../src/model/quantity.ts';
import { shared } from '../src/model/shared.ts';
import { commandOf } from './command.ts';
import { type HealthCheck, probesOf } from './probes.ts';
import type { WorkloadProps } from './workload-props.ts';
import { written } from './written.ts';

export interface ContainerProps extends WorkloadProps {
  /** Port that the process listens on. */
  readonly port?: number | undefined;
  readonly healthCheck?: HealthCheck | undefined;
}

/** The tool's secrets, set by its maintainers in the cluster: their values never enter git. */
const SECRET = 'envvars';
const ENV_FROM = shared([{ secretRef: { name: SECRET, optional: true } }]);
const SECURITY = shared({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: false,
});
/** Name of the volume that is the tool's home. */
export const HOME_VOLUME = 'home';

/** The one container of a component's pod. */
export function containerOf(props: ContainerProps): k8s.Container {
  const { image, home, healthCheck, launcher } = props;
  const env = envOf(props);
  const { livenessProbe, startupProbe } = probesOf(healthCheck, launcher);
  return written<k8s.Container>({
    command: commandOf(props),
    env: env.length > 0 ? env : undefined,
    envFrom: ENV_FROM,
    image,
    livenessProbe,
    name: 'job',
    resources: resourcesOf(props),
    securityContext: SECURITY,
    startupProbe,
    volumeMounts: home && [{ mountPath: home.path, name: HOME_VOLUME }],
  });
}

/** By name, each once: Kubernetes refuses a name that is there twice. */
function envOf({ env, launcher, port }: ContainerProps): k8s.EnvVar[] {
  const values: Record<string, string> = { ...env };
  // Buildpack images have no home folder.
  if (launcher) values.NO_HOME = 'true';
  if (port !== undefined) values.PORT = String(port);
  const names = Object.keys(values).sort();
  return names.map((name) => ({ name, value: values[name] as string }));
}

/** Most components ask for what many others ask for. */
const RESOURCES = new Map<string, k8s.ResourceRequirements>();
const RESOURCES_MAX = 500;

function resourcesOf({ cpu, memory }: ContainerProps): k8s.ResourceRequirements {
  const key = `${cpu.request} ${cpu.limit} ${memory.request} ${memory.limit}`;
  const known = RESOURCES.get(key);
  if (known !== undefined) return known;
  const resources = shared({
    limits: quantities(cpu.limit, memory.limit),
    requests: quantities(cpu.request, memory.request),
  });
  if (RESOURCES.size < RESOURCES_MAX) RESOURCES.set(key, resources);
  return resources;
}

/** CPU in thousandths of a core and memory in bytes, as Kubernetes writes them. */
export function quantities(cpu: number, memory: number): { cpu: k8s.Quantity; memory: k8s.Quantity } {
  return {
    cpu: k8s.Quantity.fromString(formatCpu(cpu)),
    memory: k8s.Quantity.fromString(formatMemory(memory)),
  };
}
