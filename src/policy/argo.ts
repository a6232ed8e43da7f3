import type { Json, JsonObject } from '../model/json.ts';
import { workloadDir } from '../model/layout.ts';
import type { Manifest } from '../model/manifest.ts';
import { isToolKind } from './kinds.ts';
import { each, isAbsent, listOf, mapOf } from './read.ts';
import type { ToolRules } from './tool-rules.ts';
import type { Report } from './violation.ts';

/** A tool's Argo CD objects let Argo CD do nothing beyond the tool's folder and namespace. */
export function argoRules({ kind, spec }: Manifest, rules: ToolRules, report: Report): void {
  if (kind === 'AppProject') projectRules(mapOf(spec), rules.namespace, report);
  else if (kind === 'Application') applicationRules(mapOf(spec), rules, report);
}

function projectRules(spec: JsonObject, name: string, report: Report): void {
  const refuse = (at: string, message: string) => report(`spec.${at}`, 'TFG640', message);
  const repos = listOf(spec.sourceRepos);
  if (repos.length === 0 || repos.some(isPattern)) refuse('sourceRepos', 'must name the config repo alone');
  each(spec.destinations, (destination, index) => {
    if (mapOf(destination).namespace === name) return;
    refuse(`destinations[${index}].namespace`, `must be the tool's own namespace, ${name}`);
  });
  if (listOf(spec.clusterResourceWhitelist).length > 0) {
    refuse('clusterResourceWhitelist', 'must be empty');
  }
  if (!Array.isArray(spec.namespaceResourceWhitelist)) {
    refuse('namespaceResourceWhitelist', 'must be there: without it every kind is allowed');
  }
  each(spec.namespaceResourceWhitelist, (entry, index) => {
    const { group, kind } = mapOf(entry);
    if (isToolKind(String(group), String(kind))) return;
    refuse(`namespaceResourceWhitelist[${index}]`, 'is no kind that a tool may have');
  });
  if (listOf(spec.sourceNamespaces).length > 0) refuse('sourceNamespaces', 'must not be set');
  each(spec.roles, (role, index) => {
    roleRules(mapOf(role), name, (at, message) => refuse(`roles[${index}].${at}`, message));
  });
}

function roleRules(role: JsonObject, name: string, refuse: (at: string, message: string) => void): void {
  const subject = `proj:${name}:${role.name}`;
  each(role.policies, (policy, index) => {
    const match = POLICY.exec(String(policy));
    const own = match?.[1] === subject && match[2]?.startsWith(`${name}/`);
    if (!own) refuse(`policies[${index}]`, `a role may act on Applications of ${name} alone`);
  });
}

/** Argo CD's own form, with the subject and the object: `p, subject, resource, action, object, effect`. */
const POLICY = /^p\s*,\s*([^,]*?)\s*,[^,]*,[^,]*,\s*([^,]*)/;

function isPattern(repo: Json): boolean {
  return typeof repo !== 'string' || repo.includes('*') || repo === '';
}

function applicationRules(spec: JsonObject, { tool, namespace }: ToolRules, report: Report): void {
  const expect = (field: string, found: Json | undefined, wanted: string) => {
    if (found !== wanted) report(`spec.${field}`, 'TFG641', `must be ${wanted}`);
  };
  expect('project', spec.project, namespace);
  expect('source.path', mapOf(spec.source).path, workloadDir(tool));
  expect('destination.namespace', mapOf(spec.destination).namespace, namespace);
  if (!isAbsent(spec.sources)) report('spec.sources', 'TFG641', 'must not be set');
}
