import type { ResolvedTool } from '../src/model/resolved-tool.ts';

/** Where a tool is served. */
export function hostOf({ name, platform }: Pick<ResolvedTool, 'name' | 'platform'>): string {
  return `${name}.${platform.domain}`;
}
