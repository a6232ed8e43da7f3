import { type ImageRef, parseImageRef } from '../model/image-ref.ts';
import type { Placed } from './read.ts';
import type { ToolRules } from './tool-rules.ts';
import type { Report } from './violation.ts';

/** A container's image comes from an allowed place, and one of the tool's own builds by its digest. */
export function imageRules({ value, field }: Placed, rules: ToolRules, report: Report): void {
  const { image } = value;
  const ref = typeof image === 'string' ? parseImageRef(image) : undefined;
  if (ref === undefined) report(`${field}.image`, 'TFG630', 'not an image reference');
  else originRules(ref, rules, (code, message) => report(`${field}.image`, code, message));
}

type ReportImage = (code: 'TFG631' | 'TFG632' | 'TFG633', message: string) => void;

function originRules(ref: ImageRef, { namespace, platform }: ToolRules, report: ReportImage): void {
  const { registry, imageHosts } = platform;
  if (ref.host !== registry.host) {
    if (imageHosts.includes(ref.host)) return;
    const hosts = [registry.host, ...imageHosts].join(', ');
    report('TFG631', `images may not come from ${ref.host}, only from ${hosts}`);
    return;
  }
  const project = ref.repository.split('/', 1)[0] as string;
  if (registry.sharedProjects.includes(project)) return;
  if (project !== namespace) {
    report('TFG632', `the registry project ${project} is not the tool's, ${namespace}`);
  } else if (ref.digest === undefined) {
    report('TFG633', 'an image of a build must be named by its digest');
  }
}
