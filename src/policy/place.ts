import type { Json } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { mapOf, shown } from './read.ts';
import type { ToolRules } from './tool-rules.ts';
import type { Report } from './violation.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Everything of a tool is in its own namespace; its Argo CD objects are beside all others and bear its name. */
export function placeRules({ kind, metadata }: Manifest, rules: ToolRules, report: Report): void {
  const { namespace: own, platform } = rules;
  const expect = (field: 'name' | 'namespace', found: Json | undefined, wanted: string) => {
    if (found === wanted) return;
    report(`metadata.${field}`, 'TFG602', `must be ${wanted}, not ${shown(found)}`);
  };
  if (kind === 'Namespace') {
    expect('name', metadata.name, own);
    const level = mapOf(metadata.labels)[ENFORCE];
    if (level === 'restricted') return;
    const message = `Pod Security must be enforced at restricted, not ${shown(level)}`;
    report(`metadata.labels["${ENFORCE}"]`, 'TFG642', message);
  } else if (kind === 'AppProject' || kind === 'Application') {
    expect('namespace', metadata.namespace, platform.argocd.namespace);
    expect('name', metadata.name, own);
  } else {
    expect('namespace', metadata.namespace, own);
  }
}
