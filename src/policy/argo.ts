import type { Json } from '../model/json.ts';
import { workloadDir } from '../model/layout.ts';
import type { Manifest } from '../model/manifest.ts';
import { namespaceOf } from '../model/names.ts';
import { isToolKind } from './kinds.ts';
import { isAbsent, listOf, mapOf, type Placed, placedMaps } from './read.ts';
import type { Finding } from './violation.ts';

/** A tool's Argo CD objects let Argo CD do nothing beyond the tool's folder and namespace. */
export function argoRules(object: Manifest, tool: string): readonly Finding[] {
  const spec: Placed = { value: mapOf(object.spec), field: 'spec' };
  if (object.kind === 'AppProject') return projectRules(spec, namespaceOf(tool));
  if (object.kind === 'Application') return applicationRules(spec, tool);
  return [];
}

function projectRules({ value, field }: Placed, name: string): readonly Finding[] {
  const findings: Finding[] = [];
  const refuse = (at: string, message: string) => {
    findings.push({ field: `${field}.${at}`, code: 'TFG640', message });
  };
  const repos = listOf(value.sourceRepos);
  if (repos.length === 0 || repos.some(isPattern)) refuse('sourceRepos', 'must name the config repo alone');
  for (const [index, { value: destination }] of placedMaps(value.destinations, '').entries()) {
    if (destination.namespace === name) continue;
    refuse(`destinations[${index}].namespace`, `must be the tool's own namespace, ${name}`);
  }
  if (listOf(value.clusterResourceWhitelist).length > 0) {
    refuse('clusterResourceWhitelist', 'must be empty');
  }
  if (!Array.isArray(value.namespaceResourceWhitelist)) {
    refuse('namespaceResourceWhitelist', 'must be there: without it every kind is allowed');
  }
  for (const [index, { value: entry }] of placedMaps(value.namespaceResourceWhitelist, '').entries()) {
    if (isToolKind(String(entry.group), String(entry.kind))) continue;
    refuse(`namespaceResourceWhitelist[${index}]`, 'is no kind that a tool may have');
  }
  if (listOf(value.sourceNamespaces).length > 0) refuse('sourceNamespaces', 'must not be set');
  return [...findings, ...roleRules(value.roles, name)];
}

function roleRules(roles: Json | undefined, name: string): readonly Finding[] {
  return placedMaps(roles, 'spec.roles').flatMap(({ value, field }) =>
    listOf(value.policies).flatMap((policy, index): Finding[] => {
      const [kind, subject, , , object] = String(policy).split(/\s*,\s*/);
      const own = kind === 'p' && subject === `proj:${name}:${value.name}` && object?.startsWith(`${name}/`);
      if (own) return [];
      const message = `a role may act on Applications of ${name} alone`;
      return [{ field: `${field}.policies[${index}]`, code: 'TFG640', message }];
    }),
  );
}

function isPattern(repo: Json): boolean {
  return typeof repo !== 'string' || repo.includes('*') || repo === '';
}

function applicationRules({ value, field }: Placed, tool: string): readonly Finding[] {
  const name = namespaceOf(tool);
  const source = mapOf(value.source);
  const expected: readonly (readonly [string, Json | undefined, string])[] = [
    ['project', value.project, name],
    ['source.path', source.path, workloadDir(tool)],
    ['destination.namespace', mapOf(value.destination).namespace, name],
  ];
  const findings = expected
    .filter(([, found, wanted]) => found !== wanted)
    .map(
      ([key, , wanted]): Finding => ({
        field: `${field}.${key}`,
        code: 'TFG641',
        message: `must be ${wanted}`,
      }),
    );
  if (isAbsent(value.sources)) return findings;
  return [...findings, { field: `${field}.sources`, code: 'TFG641', message: 'must not be set' }];
}
