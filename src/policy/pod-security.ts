import type { Json } from '../model/json.ts';
import { containerRules } from './container-security.ts';
import { type Pod, securityOf } from './pods.ts';
import { isAbsent, mapOf, type Placed, placedMaps, shown } from './read.ts';
import { sharedRules } from './shared-security.ts';
import { type Finding, joined } from './violation.ts';

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
export function podSecurity(pod: Pod): readonly Finding[] {
  const security = securityOf(pod.spec);
  return joined(
    hostNamespaces(pod.spec),
    volumes(pod.spec),
    sysctls(security),
    appArmorAnnotations(pod.metadata),
    sharedRules(security),
    pod.containers.flatMap((container) => containerRules(container, pod.spec)),
  );
}

function hostNamespaces({ value, field }: Placed): readonly Finding[] {
  return ['hostNetwork', 'hostPID', 'hostIPC']
    .filter((key) => isOn(value[key]))
    .map((key) => ({ field: `${field}.${key}`, code: 'TFG610', message: `${key} must not be set` }));
}

function volumes({ value, field }: Placed): readonly Finding[] {
  return placedMaps(value.volumes, `${field}.volumes`).flatMap((volume) => {
    const types = Object.keys(volume.value).filter((key) => key !== 'name' && !isAbsent(volume.value[key]));
    const wrong = types.filter((type) => !VOLUME_TYPES.has(type));
    if (types.length === 0) wrong.push('none');
    return wrong.map((type): Finding => {
      const at = type === 'none' ? volume.field : `${volume.field}.${type}`;
      return { field: at, code: 'TFG611', message: `a volume of type ${type} is not allowed` };
    });
  });
}

function sysctls({ value, field }: Placed): readonly Finding[] {
  return placedMaps(value.sysctls, `${field}.sysctls`)
    .filter((sysctl) => !SAFE_SYSCTLS.has(String(sysctl.value.name)))
    .map((sysctl) => ({
      field: `${sysctl.field}.name`,
      code: 'TFG620',
      message: `the sysctl ${shown(sysctl.value.name)} is not a safe one`,
    }));
}

/** How AppArmor profiles were named before Kubernetes 1.30. */
function appArmorAnnotations({ value, field }: Placed): readonly Finding[] {
  const annotations = mapOf(value.annotations);
  return Object.entries(annotations)
    .filter(([key, profile]) => key.startsWith(APPARMOR) && !isKnownProfile(profile))
    .map(([key]) => ({
      field: `${field}.annotations["${key}"]`,
      code: 'TFG622',
      message: 'the AppArmor profile must be runtime/default or of the host',
    }));
}

function isKnownProfile(profile: Json | undefined): boolean {
  return profile === '' || profile === 'runtime/default' || String(profile).startsWith('localhost/');
}

function isOn(value: Json | undefined): boolean {
  return !isAbsent(value) && value !== false;
}
