import { isAbsent, mapOf, type Placed, shown } from './read.ts';
import { type Finding, joined } from './violation.ts';

const SELINUX_TYPES = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

/** Rules that hold for the security context of a pod and of a container alike. */
export function sharedRules(context: Placed): readonly Finding[] {
  return joined(
    hostProcess(context),
    seLinux(context),
    profile(context, APP_ARMOR),
    profile(context, SECCOMP),
    runAsUser(context),
    runAsNonRoot(context),
  );
}

function hostProcess({ value, field }: Placed): readonly Finding[] {
  const { hostProcess: on } = mapOf(value.windowsOptions);
  if (isAbsent(on) || on === false) return [];
  return [
    { field: `${field}.windowsOptions.hostProcess`, code: 'TFG624', message: 'hostProcess must not be set' },
  ];
}

function seLinux({ value, field }: Placed): readonly Finding[] {
  if (isAbsent(value.seLinuxOptions)) return [];
  const { type, user, role } = mapOf(value.seLinuxOptions);
  const at = `${field}.seLinuxOptions`;
  const findings: Finding[] = [];
  if (!isAbsent(type) && !SELINUX_TYPES.has(String(type))) {
    findings.push({
      field: `${at}.type`,
      code: 'TFG621',
      message: `the SELinux type ${shown(type)} is not allowed`,
    });
  }
  for (const [key, part] of Object.entries({ user, role })) {
    if (isAbsent(part) || part === '') continue;
    findings.push({ field: `${at}.${key}`, code: 'TFG621', message: `the SELinux ${key} must not be set` });
  }
  return findings;
}

interface ProfileRule {
  readonly key: 'appArmorProfile' | 'seccompProfile';
  readonly code: 'TFG615' | 'TFG622';
  readonly label: string;
}

const APP_ARMOR: ProfileRule = { key: 'appArmorProfile', code: 'TFG622', label: 'AppArmor' };
const SECCOMP: ProfileRule = { key: 'seccompProfile', code: 'TFG615', label: 'seccomp' };

/** A profile may be left out here; whether one must be set somewhere is another rule. */
function profile({ value, field }: Placed, { key, code, label }: ProfileRule): readonly Finding[] {
  if (isAbsent(value[key])) return [];
  const { type } = mapOf(value[key]);
  if (type === 'RuntimeDefault' || type === 'Localhost') return [];
  const message = `the ${label} profile must be RuntimeDefault or Localhost, not ${shown(type)}`;
  return [{ field: `${field}.${key}.type`, code, message }];
}

function runAsUser({ value, field }: Placed): readonly Finding[] {
  if (value.runAsUser !== 0) return [];
  return [{ field: `${field}.runAsUser`, code: 'TFG617', message: 'runAsUser must not be 0' }];
}

function runAsNonRoot({ value, field }: Placed): readonly Finding[] {
  if (isAbsent(value.runAsNonRoot) || value.runAsNonRoot === true) return [];
  return [{ field: `${field}.runAsNonRoot`, code: 'TFG616', message: 'runAsNonRoot must be true' }];
}
