import { isAbsent, mapOf, type Placed, shown } from './read.ts';
import type { Report } from './violation.ts';

const SELINUX_TYPES = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

/** Rules that hold for the security context of a pod and of a container alike. */
export function sharedRules(context: Placed, report: Report): void {
  const { value, field } = context;
  hostProcess(context, report);
  seLinux(context, report);
  profile(context, APP_ARMOR, report);
  profile(context, SECCOMP, report);
  if (value.runAsUser === 0) report(`${field}.runAsUser`, 'TFG617', 'runAsUser must not be 0');
  if (!isAbsent(value.runAsNonRoot) && value.runAsNonRoot !== true) {
    report(`${field}.runAsNonRoot`, 'TFG616', 'runAsNonRoot must be true');
  }
}

function hostProcess({ value, field }: Placed, report: Report): void {
  const { hostProcess: on } = mapOf(value.windowsOptions);
  if (isAbsent(on) || on === false) return;
  report(`${field}.windowsOptions.hostProcess`, 'TFG624', 'hostProcess must not be set');
}

function seLinux({ value, field }: Placed, report: Report): void {
  if (isAbsent(value.seLinuxOptions)) return;
  const { type, user, role } = mapOf(value.seLinuxOptions);
  const at = `${field}.seLinuxOptions`;
  if (!isAbsent(type) && !SELINUX_TYPES.has(String(type))) {
    report(`${at}.type`, 'TFG621', `the SELinux type ${shown(type)} is not allowed`);
  }
  for (const [key, part] of Object.entries({ user, role })) {
    if (isAbsent(part) || part === '') continue;
    report(`${at}.${key}`, 'TFG621', `the SELinux ${key} must not be set`);
  }
}

interface ProfileRule {
  readonly key: 'appArmorProfile' | 'seccompProfile';
  readonly code: 'TFG615' | 'TFG622';
  readonly label: string;
}

const APP_ARMOR: ProfileRule = { key: 'appArmorProfile', code: 'TFG622', label: 'AppArmor' };
const SECCOMP: ProfileRule = { key: 'seccompProfile', code: 'TFG615', label: 'seccomp' };

/** A profile may be left out here; whether one must be set somewhere is another rule. */
function profile({ value, field }: Placed, { key, code, label }: ProfileRule, report: Report): void {
  if (isAbsent(value[key])) return;
  const { type } = mapOf(value[key]);
  if (type === 'RuntimeDefault' || type === 'Localhost') return;
  const message = `the ${label} profile must be RuntimeDefault or Localhost, not ${shown(type)}`;
  report(`${field}.${key}.type`, code, message);
}
