import { type ImageRef, parseImageRef } from '../model/image-ref.ts';
import { namespaceOf } from '../model/names.ts';
import type { Platform } from '../model/platform.ts';
import type { Placed } from './read.ts';
import type { Finding } from './violation.ts';

/** What the rules for images need to know. */
export interface ImageRules {
  readonly tool: string;
  readonly platform: Pick<Platform, 'registry' | 'imageHosts'>;
}

/** A container's image comes from an allowed place, and one of the tool's own builds by its digest. */
export function imageRules({ value, field }: Placed, rules: ImageRules): readonly Finding[] {
  const { image } = value;
  const ref = typeof image === 'string' ? parseImageRef(image) : undefined;
  const at = `${field}.image`;
  if (ref === undefined) return [{ field: at, code: 'TFG630', message: 'not an image reference' }];
  return placeRules(ref, rules).map((finding) => ({ ...finding, field: at }));
}

function placeRules(ref: ImageRef, { tool, platform }: ImageRules): readonly Omit<Finding, 'field'>[] {
  const { registry, imageHosts } = platform;
  if (ref.host !== registry.host) {
    if (imageHosts.includes(ref.host)) return [];
    const hosts = [registry.host, ...imageHosts].join(', ');
    return [{ code: 'TFG631', message: `images may not come from ${ref.host}, only from ${hosts}` }];
  }
  const project = ref.repository.split('/')[0] as string;
  const own = namespaceOf(tool);
  if (registry.sharedProjects.includes(project)) return [];
  if (project !== own) {
    return [{ code: 'TFG632', message: `the registry project ${project} is not the tool's, ${own}` }];
  }
  return ref.digest === undefined
    ? [{ code: 'TFG633', message: 'an image of a build must be named by its digest' }]
    : [];
}
