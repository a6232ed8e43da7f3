import { k8s } from 'cdk8s-plus-27';
import { formatCpu, formatMemory } from '../src/model/quantity.ts';
import { shared } from '../src/model/shared.ts';
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
const ENV_FROM: k8s.EnvFromSource[] = shared([{ secretRef: { name: SECRET, optional: true } }]);
const SECURITY: k8s.SecurityContext = shared({
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
  return {
    command: commandOf(props),
    ...(env.length > 0 && { env }),
    envFrom: ENV_FROM,
    image,
    ...(livenessProbe && { livenessProbe }),
    name: 'job',
    resources: resourcesOf(props),
    securityContext: SECURITY,
    ...(startupProbe && { startupProbe }),
    ...(home && { volumeMounts: [{ mountPath: home.path, name: HOME_VOLUME }] }),
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
