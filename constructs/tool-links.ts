import { toolFile } from '../src/model/layout.ts';
import type { ResolvedTool } from '../src/model/resolved-tool.ts';
import { withoutCredentials } from '../src/model/without-credentials.ts';
import { hostOf } from './host.ts';
import type { Link } from './links.ts';

/** Links on a tool's Application: its page, if it has one, and where its spec is. */
export function toolLinks(tool: ResolvedTool): readonly Link[] {
  const { name, components, platform, sourceUrl } = tool;
  const { webUrl, branch } = platform.configRepo;
  const published = components.some(({ run }) => run.type === 'continuous' && run.publish !== undefined);
  return [
    ...(published ? [{ name: 'tool', title: 'Tool page', url: `https://${hostOf(tool)}` }] : []),
    ...(webUrl === undefined
      ? []
      : [{ name: 'spec', title: 'Spec', url: `${withoutCredentials(webUrl)}/${specPage(branch, name)}` }]),
    ...(sourceUrl === undefined
      ? []
      : [{ name: 'spec-source', title: 'Spec at its source', url: withoutCredentials(sourceUrl) }]),
  ];
}

/** Page of a file on Gitea. */
function specPage(branch: string, tool: string): string {
  const ref = branch.split('/').map(encodeURIComponent).join('/');
  return `src/branch/${ref}/${toolFile(tool, 'toolforge.yaml')}`;
}
