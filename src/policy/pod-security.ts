import type { Json } from '../model/json.ts';
import { containerRules } from './container-security.ts';
import { type Pod, securityOf } from './pods.ts';
import { each, isAbsent, mapOf, type Placed, shown } from './read.ts';
import { sharedRules } from './shared-security.ts';
import type { Report } from './violation.ts';

const VOLUME_TYPES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const SAFE_SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * The Pod Security Standard `restricted`, with all of `baseline`. Checked here since the API server only warns for the
 * template of a Deployment or a Job, whose pods it then refuses.
 */
export function podSecurity(pod: Pod, report: Report): void {
  const security = securityOf(pod.spec);
  hostNamespaces(pod.spec, report);
  volumes(pod.spec, report);
  sysctls(security, report);
  appArmorAnnotations(pod.metadata, report);
  sharedRules(security, report);
  for (const container of pod.containers) containerRules(container, security.value, report);
}

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];

function hostNamespaces({ value, field }: Placed, report: Report): void {
  for (const key of HOST_NAMESPACES) {
    if (isAbsent(value[key]) || value[key] === false) continue;
    report(`${field}.${key}`, 'TFG610', `${key} must not be set`);
  }
}

function volumes({ value, field }: Placed, report: Report): void {
  each(value.volumes, (volume, index) => {
    const at = `${field}.volumes[${index}]`;
    const types = Object.entries(mapOf(volume)).filter(([key, of]) => key !== 'name' && !isAbsent(of));
    for (const [type] of types) {
      if (!VOLUME_TYPES.has(type)) reportVolume(`${at}.${type}`, type, report);
    }
    if (types.length === 0) reportVolume(at, 'none', report);
  });
}

function reportVolume(field: string, type: string, report: Report): void {
  report(field, 'TFG611', `a volume of type ${type} is not allowed`);
}

function sysctls({ value, field }: Placed, report: Report): void {
  each(value.sysctls, (sysctl, index) => {
    const { name } = mapOf(sysctl);
    if (SAFE_SYSCTLS.has(String(name))) return;
    report(`${field}.sysctls[${index}].name`, 'TFG620', `the sysctl ${shown(name)} is not a safe one`);
  });
}

/** How AppArmor profiles were named before Kubernetes 1.30. */
function appArmorAnnotations({ value, field }: Placed, report: Report): void {
  if (isAbsent(value.annotations)) return;
  for (const [key, profile] of Object.entries(mapOf(value.annotations))) {
    if (!key.startsWith(APPARMOR) || isKnownProfile(profile)) continue;
    const message = 'the AppArmor profile must be runtime/default or of the host';
    report(`${field}.annotations["${key}"]`, 'TFG622', message);
  }
}

function isKnownProfile(profile: Json | undefined): boolean {
  return profile === '' || profile === 'runtime/default' || String(profile).startsWith('localhost/');
}
