import type { JsonObject } from '../model/json.ts';
import { securityOf } from './pods.ts';
import { each, isAbsent, listOf, mapOf, type Placed } from './read.ts';
import { sharedRules } from './shared-security.ts';
import type { Report } from './violation.ts';

/**
 * The rules for one container of a pod.
 * @param pod the pod's own security context
 */
export function containerRules(container: Placed, pod: JsonObject, report: Report): void {
  const context = securityOf(container);
  sharedRules(context, report);
  flags(context, report);
  capabilities(context, report);
  fromPod(context, pod, report);
  hostPorts(container, report);
  probeHosts(container, report);
}

function flags({ value, field }: Placed, report: Report): void {
  const { privileged, allowPrivilegeEscalation, procMount } = value;
  if (!isAbsent(privileged) && privileged !== false) {
    report(`${field}.privileged`, 'TFG613', 'privileged must not be set');
  }
  if (allowPrivilegeEscalation !== false) {
    report(`${field}.allowPrivilegeEscalation`, 'TFG618', 'allowPrivilegeEscalation must be false');
  }
  if (!isAbsent(procMount) && procMount !== 'Default') {
    report(`${field}.procMount`, 'TFG619', 'procMount must be Default');
  }
}

function capabilities({ value, field }: Placed, report: Report): void {
  const { add, drop } = mapOf(value.capabilities);
  if (!listOf(drop).includes('ALL')) {
    report(`${field}.capabilities.drop`, 'TFG614', 'all capabilities must be dropped');
  }
  each(add, (capability, index) => {
    if (capability === 'NET_BIND_SERVICE') return;
    const message = 'no capability but NET_BIND_SERVICE may be added';
    report(`${field}.capabilities.add[${index}]`, 'TFG614', message);
  });
}

/** What must be set on the pod, or on each of its containers. */
function fromPod({ value, field }: Placed, pod: JsonObject, report: Report): void {
  if (isAbsent(value.runAsNonRoot) && isAbsent(pod.runAsNonRoot)) {
    report(`${field}.runAsNonRoot`, 'TFG616', 'runAsNonRoot must be true');
  }
  if (isAbsent(value.seccompProfile) && isAbsent(pod.seccompProfile)) {
    report(`${field}.seccompProfile`, 'TFG615', 'a seccomp profile must be set');
  }
}

function hostPorts({ value, field }: Placed, report: Report): void {
  each(value.ports, (port, index) => {
    const { hostPort } = mapOf(port);
    if (isAbsent(hostPort) || hostPort === 0) return;
    report(`${field}.ports[${index}].hostPort`, 'TFG612', 'hostPort must not be set');
  });
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HOOKS = ['postStart', 'preStop'];
const ACTIONS = ['httpGet', 'tcpSocket'];

/** A probe of another host would let a tool ask through the node's network. */
function probeHosts({ value, field }: Placed, report: Report): void {
  hostsNamed(value, PROBES, (at) => report(`${field}.${at}`, 'TFG623', NO_HOST));
  if (isAbsent(value.lifecycle)) return;
  hostsNamed(mapOf(value.lifecycle), HOOKS, (at) => report(`${field}.lifecycle.${at}`, 'TFG623', NO_HOST));
}

const NO_HOST = 'a probe or hook must not name a host';

function hostsNamed(value: JsonObject, keys: readonly string[], refuse: (at: string) => void): void {
  for (const key of keys) {
    if (isAbsent(value[key])) continue;
    const probe = mapOf(value[key]);
    for (const action of ACTIONS) {
      const { host } = mapOf(probe[action]);
      if (!isAbsent(host) && host !== '') refuse(`${key}.${action}.host`);
    }
  }
}
