import { type OutputPart, outputOwner } from '../model/layout.ts';
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
import { checkUnique } from './unique.ts';
import { type Finding, joined, type PolicyViolation } from './violation.ts';

export interface PolicyContext {
  /** Name of the tool whose files they are. */
  readonly tool: string;
  readonly platform: Pick<Platform, 'registry' | 'imageHosts' | 'routes' | 'domain' | 'argocd'>;
}

/** What rendered files of a tool do that the platform does not allow, whoever made them. */
export function checkPolicy(
  files: readonly RenderedFile[],
  context: PolicyContext,
): readonly PolicyViolation[] {
  const violations = files.flatMap(({ path, objects }) => {
    const owner = outputOwner(path);
    if (owner?.tool !== context.tool) return [foreignFile(path, context.tool)];
    return objects.flatMap((object) =>
      objectRules(object, owner.part, context).map((finding) => ({
        file: path,
        kind: object.kind,
        name: object.metadata.name,
        ...finding,
      })),
    );
  });
  return [...violations, ...checkUnique(files)];
}

function objectRules(object: Manifest, part: OutputPart, context: PolicyContext): readonly Finding[] {
  const { tool, platform } = context;
  const pod = podOf(object);
  return joined(
    kindRules(object, part, platform.routes.kind),
    placeRules(object, tool, platform.argocd.namespace),
    networkRules(object, { namespace: namespaceOf(tool), host: `${tool}.${platform.domain}` }),
    argoRules(object, tool),
    pod === undefined ? [] : podSecurity(pod),
    pod === undefined ? [] : pod.containers.flatMap((container) => imageRules(container, context)),
  );
}

function foreignFile(file: string, tool: string): PolicyViolation {
  return { file, kind: '', name: '', field: '', code: 'TFG600', message: `is no file of the tool ${tool}` };
}
