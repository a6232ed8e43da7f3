import { outputOwner } from '../model/layout.ts';
import type { Manifest, RenderedFile } from '../model/manifest.ts';
import { namespaceOf } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import { argoRules } from './argo.ts';
import { imageRules } from './images.ts';
import { kindRules } from './kinds.ts';
import { networkRules } from './network.ts';
import { placeRules } from './place.ts';
import { podSecurity } from './pod-security.ts';
import { podOf } from './pods.ts';
import type { ToolRules } from './tool-rules.ts';
import { checkUnique } from './unique.ts';
import { type PolicyViolation, type Report, reportTo } from './violation.ts';

export interface PolicyContext {
  /** Name of the tool whose files they are. */
  readonly tool: string;
  readonly platform: Pick<Platform, 'registry' | 'imageHosts' | 'routes' | 'domain' | 'argocd'>;
}

/** What rendered files of a tool do that the platform does not allow, whoever made them. */
export function checkPolicy(
  files: readonly RenderedFile[],
  { tool, platform }: PolicyContext,
): readonly PolicyViolation[] {
  const violations: PolicyViolation[] = [];
  const namespace = namespaceOf(tool);
  const host = `${tool}.${platform.domain}`;
  for (const { path, objects } of files) {
    const owner = outputOwner(path);
    if (owner?.tool !== tool) {
      violations.push(foreignFile(path, tool));
      continue;
    }
    const rules = { tool, namespace, host, part: owner.part, platform };
    for (const object of objects) objectRules(object, rules, reportTo(violations, path, object));
  }
  checkUnique(files, violations);
  return violations;
}

function objectRules(object: Manifest, rules: ToolRules, report: Report): void {
  kindRules(object, rules, report);
  placeRules(object, rules, report);
  networkRules(object, rules, report);
  argoRules(object, rules, report);
  const pod = podOf(object);
  if (pod === undefined) return;
  podSecurity(pod, report);
  for (const container of pod.containers) imageRules(container, rules, report);
}

function foreignFile(file: string, tool: string): PolicyViolation {
  return { file, kind: '', name: '', field: '', code: 'TFG600', message: `is no file of the tool ${tool}` };
}
