import { securityOf } from './pods.ts';
import { isAbsent, listOf, mapOf, type Placed, placedMaps } from './read.ts';
import { sharedRules } from './shared-security.ts';
import { type Finding, joined } from './violation.ts';

/** The rules for one container of a pod. */
export function containerRules(container: Placed, pod: Placed): readonly Finding[] {
  const context = securityOf(container);
  return joined(
    sharedRules(context),
    flags(context),
    capabilities(context),
    fromPod(context, securityOf(pod)),
    hostPorts(container),
    probeHosts(container),
  );
}

function flags({ value, field }: Placed): readonly Finding[] {
  const { privileged, allowPrivilegeEscalation, procMount } = value;
  const findings: Finding[] = [];
  if (!isAbsent(privileged) && privileged !== false) {
    findings.push({ field: `${field}.privileged`, code: 'TFG613', message: 'privileged must not be set' });
  }
  if (allowPrivilegeEscalation !== false) {
    const message = 'allowPrivilegeEscalation must be false';
    findings.push({ field: `${field}.allowPrivilegeEscalation`, code: 'TFG618', message });
  }
  if (!isAbsent(procMount) && procMount !== 'Default') {
    findings.push({ field: `${field}.procMount`, code: 'TFG619', message: 'procMount must be Default' });
  }
  return findings;
}

function capabilities({ value, field }: Placed): readonly Finding[] {
  const { add, drop } = mapOf(value.capabilities);
  const at = `${field}.capabilities`;
  const findings: Finding[] = [];
  if (!listOf(drop).includes('ALL')) {
    findings.push({ field: `${at}.drop`, code: 'TFG614', message: 'all capabilities must be dropped' });
  }
  for (const [index, capability] of listOf(add).entries()) {
    if (capability === 'NET_BIND_SERVICE') continue;
    const message = 'no capability but NET_BIND_SERVICE may be added';
    findings.push({ field: `${at}.add[${index}]`, code: 'TFG614', message });
  }
  return findings;
}

/** What must be set on the pod, or on each of its containers. */
function fromPod({ value, field }: Placed, pod: Placed): readonly Finding[] {
  const findings: Finding[] = [];
  if (isAbsent(value.runAsNonRoot) && isAbsent(pod.value.runAsNonRoot)) {
    findings.push({ field: `${field}.runAsNonRoot`, code: 'TFG616', message: 'runAsNonRoot must be true' });
  }
  if (isAbsent(value.seccompProfile) && isAbsent(pod.value.seccompProfile)) {
    const message = 'a seccomp profile must be set';
    findings.push({ field: `${field}.seccompProfile`, code: 'TFG615', message });
  }
  return findings;
}

function hostPorts({ value, field }: Placed): readonly Finding[] {
  return placedMaps(value.ports, `${field}.ports`)
    .filter(({ value: { hostPort } }) => !isAbsent(hostPort) && hostPort !== 0)
    .map((port) => ({
      field: `${port.field}.hostPort`,
      code: 'TFG612',
      message: 'hostPort must not be set',
    }));
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HOOKS = ['postStart', 'preStop'];
const ACTIONS = ['httpGet', 'tcpSocket'];

/** A probe of another host would let a tool ask through the node's network. */
function probeHosts({ value, field }: Placed): readonly Finding[] {
  const lifecycle = { value: mapOf(value.lifecycle), field: `${field}.lifecycle` };
  return joined(hostsNamed({ value, field }, PROBES), hostsNamed(lifecycle, HOOKS));
}

function hostsNamed({ value, field }: Placed, keys: readonly string[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const key of keys) {
    const probe = mapOf(value[key]);
    for (const action of ACTIONS) {
      const { host } = mapOf(probe[action]);
      if (isAbsent(host) || host === '') continue;
      const message = 'a probe or hook must not name a host';
      findings.push({ field: `${field}.${key}.${action}.host`, code: 'TFG623', message });
    }
  }
  return findings;
}
