import type { OutputPart } from '../model/layout.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Routes } from '../model/platform.ts';
import type { Finding } from './violation.ts';

/** Kinds of what a tool runs, of either way of routing. */
const WORKLOADS = ['apps/v1 Deployment', 'v1 Service', 'batch/v1 CronJob', 'batch/v1 Job'];
const ROUTES: Readonly<Record<Routes['kind'], string>> = {
  ingress: 'networking.k8s.io/v1 Ingress',
  gateway: 'gateway.networking.k8s.io/v1 HTTPRoute',
};
/** The same without versions, and what they make themselves. */
const TOOL_KINDS: ReadonlySet<string> = new Set([
  ...[...WORKLOADS, ...Object.values(ROUTES)].map((name) => name.replace(/(?:\/|^)v1 /, ' ')),
  'apps ReplicaSet',
  ' Pod',
]);
/** Kinds of what the platform grants. */
const GRANTS = [
  'v1 Namespace',
  'v1 ResourceQuota',
  'v1 LimitRange',
  'v1 ServiceAccount',
  'networking.k8s.io/v1 NetworkPolicy',
  'argoproj.io/v1alpha1 AppProject',
  'argoproj.io/v1alpha1 Application',
];

/** Each kind of file holds its own kinds of objects, so that nothing a tool runs can touch its quota or its walls. */
export function kindRules(
  { apiVersion, kind }: Manifest,
  part: OutputPart,
  routes: Routes['kind'],
): readonly Finding[] {
  const name = `${apiVersion} ${kind}`;
  const allowed = part === 'platform' ? GRANTS : WORKLOADS;
  if (allowed.includes(name) || (part === 'tools' && name === ROUTES[routes])) return [];
  return [{ field: '', code: 'TFG601', message: `${name} has no place in a file of ${part}/` }];
}

/** Whether a project of a tool may list the kind: what the tool runs, and its children. */
export function isToolKind(group: string, kind: string): boolean {
  return TOOL_KINDS.has(`${group} ${kind}`);
}
