import type { Manifest } from '../model/manifest.ts';
import type { Routes } from '../model/platform.ts';
import type { ToolRules } from './tool-rules.ts';
import type { Report } from './violation.ts';

/** Kinds of what a tool runs, of either way of routing, each with its version. */
const WORKLOADS: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps/v1'],
  ['Service', 'v1'],
  ['CronJob', 'batch/v1'],
  ['Job', 'batch/v1'],
]);
const ROUTES: Readonly<Record<Routes['kind'], { readonly kind: string; readonly apiVersion: string }>> = {
  ingress: { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1' },
  gateway: { kind: 'HTTPRoute', apiVersion: 'gateway.networking.k8s.io/v1' },
};
/** Groups of the same, and of what they make themselves. */
const TOOL_KINDS: ReadonlyMap<string, string> = new Map([
  ...[...WORKLOADS].map(([kind, version]) => [kind, groupOf(version)] as const),
  ...Object.values(ROUTES).map(({ kind, apiVersion }) => [kind, groupOf(apiVersion)] as const),
  ['ReplicaSet', 'apps'],
  ['Pod', ''],
]);
/** Kinds of what the platform grants. */
const GRANTS: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'v1'],
  ['ResourceQuota', 'v1'],
  ['LimitRange', 'v1'],
  ['ServiceAccount', 'v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['AppProject', 'argoproj.io/v1alpha1'],
  ['Application', 'argoproj.io/v1alpha1'],
]);

/** Each kind of file holds its own kinds of objects, so that nothing a tool runs can touch its quota or its walls. */
export function kindRules({ apiVersion, kind }: Manifest, rules: ToolRules, report: Report): void {
  const { part, platform } = rules;
  if ((part === 'platform' ? GRANTS : WORKLOADS).get(kind) === apiVersion) return;
  const route = ROUTES[platform.routes.kind];
  if (part === 'tools' && kind === route.kind && apiVersion === route.apiVersion) return;
  report('', 'TFG601', `${apiVersion} ${kind} has no place in a file of ${part}/`);
}

/** Whether a project of a tool may list the kind: what the tool runs, and its children. */
export function isToolKind(group: string, kind: string): boolean {
  return TOOL_KINDS.get(kind) === group;
}

/** The group of an `apiVersion`, which has none for Kubernetes' core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
