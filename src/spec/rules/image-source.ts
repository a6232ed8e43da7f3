import { mayRun, standingOf } from '../../model/image-policy.ts';
import { parseImageRef } from '../../model/image-ref.ts';
import { namespaceOf } from '../../model/names.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { quoted } from '../words.ts';

/** A prebuilt image comes from where the platform allows it. */
export const imageSource: Rule = (context, report) => {
  for (const { name, build } of context.components) {
    const image = build.image === undefined ? undefined : parseImageRef(build.image);
    if (image === undefined) continue;
    const standing = standingOf(image, context.tool, context.platform);
    if (mayRun(standing)) continue;
    const other = standing === 'other-project';
    const project = image.repository.split('/')[0] ?? '';
    report({
      code: 'TFG214',
      path: ['components', name, 'build', 'image'],
      message: other
        ? `project ${quoted(project)} of ${image.host} is not this tool's`
        : `images of ${image.host} may not run here`,
      suggestion: other ? projectAdvice(context) : hostAdvice(context),
      ...(context.lone && { severity: 'warning' }),
    });
  }
};

function projectAdvice({ tool, lone, platform: { registry } }: RuleContext): string {
  const own = lone ? 'tool-<tool>' : namespaceOf(tool);
  const projects = [own, ...registry.sharedProjects].map(quoted);
  return `allowed are the projects ${projects.join(', ')}`;
}

function hostAdvice({ platform: { registry, imageHosts } }: RuleContext): string {
  const hosts = [registry.host, ...imageHosts].join(', ');
  return `allowed are ${hosts}; an admin allows more by \`image_hosts\` in tools-config/platform.yaml`;
}
