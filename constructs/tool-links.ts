import { toolFile } from '../src/model/layout.ts';
import type { Platform } from '../src/model/platform.ts';
import type { ResolvedTool } from '../src/model/resolved-tool.ts';
import { sharedBy } from '../src/model/shared.ts';
import { withoutCredentials } from '../src/model/without-credentials.ts';
import { hostOf } from './host.ts';
import type { Link } from './links.ts';

/** Links on a tool's Application: its page, if it has one, and where its spec is. */
export function toolLinks(tool: ResolvedTool): readonly Link[] {
  const { name, components, platform, sourceUrl } = tool;
  const { folder } = specPages(platform.configRepo);
  const links: Link[] = [];
  if (components.some(isPublished)) {
    links.push({ name: 'tool', title: 'Tool page', url: `https://${hostOf(tool)}` });
  }
  if (folder !== undefined) {
    links.push({ name: 'spec', title: 'Spec', url: `${folder}/${toolFile(name, 'toolforge.yaml')}` });
  }
  if (sourceUrl !== undefined) {
    links.push({ name: 'spec-source', title: 'Spec at its source', url: withoutCredentials(sourceUrl) });
  }
  return links;
}

function isPublished({ run }: ResolvedTool['components'][number]): boolean {
  return run.type === 'continuous' && run.publish !== undefined;
}

/** Where the pages of a repo's files are on Gitea, if it has any. */
const specPages = sharedBy(({ webUrl, branch }: Platform['configRepo']) => {
  const ref = branch.split('/').map(encodeURIComponent).join('/');
  return { folder: webUrl && `${withoutCredentials(webUrl)}/src/branch/${ref}` };
});
