import type { Json } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { namespaceOf } from '../model/names.ts';
import { mapOf, shown } from './read.ts';
import type { Finding } from './violation.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Everything of a tool is in its own namespace; its Argo CD objects are beside all others and bear its name. */
export function placeRules(object: Manifest, tool: string, argocd: string): readonly Finding[] {
  const own = namespaceOf(tool);
  const { name, namespace } = object.metadata;
  if (object.kind === 'Namespace') return namespaceRules(object, own);
  if (object.kind !== 'AppProject' && object.kind !== 'Application') return inNamespace(namespace, own);
  return [
    ...inNamespace(namespace, argocd),
    ...(name === own ? [] : [misplaced('metadata.name', name, own)]),
  ];
}

function namespaceRules({ metadata }: Manifest, own: string): readonly Finding[] {
  const level = mapOf(metadata.labels)[ENFORCE];
  const findings = metadata.name === own ? [] : [misplaced('metadata.name', metadata.name, own)];
  if (level === 'restricted') return findings;
  const message = `Pod Security must be enforced at restricted, not ${shown(level)}`;
  return [...findings, { field: `metadata.labels["${ENFORCE}"]`, code: 'TFG642', message }];
}

function inNamespace(namespace: Json | undefined, wanted: string): readonly Finding[] {
  return namespace === wanted ? [] : [misplaced('metadata.namespace', namespace, wanted)];
}

function misplaced(field: string, found: Json | undefined, wanted: string): Finding {
  return { field, code: 'TFG602', message: `must be ${wanted}, not ${shown(found)}` };
}
