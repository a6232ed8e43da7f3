/** Where things lie in the config repo; all paths relative to its root, with `/`. */

export const CONFIG_DIR = 'tools-config';
export const OUTPUT_DIR = 'manifests-out';
export const PLATFORM_FILE = `${CONFIG_DIR}/platform.yaml`;
export const ROOT_FILE = `${OUTPUT_DIR}/root.yaml`;

/** One file a writer: maintainers, admins, the bot (images, fetched, tokens). */
export const TOOL_FILES = [
  'toolforge.yaml',
  'fetched.yaml',
  'tenant.yaml',
  'images.yaml',
  'tokens.yaml',
] as const;
export type ToolFile = (typeof TOOL_FILES)[number];

export function toolDir(tool: string): string {
  return `${CONFIG_DIR}/${tool}`;
}

export function toolFile(tool: string, file: ToolFile): string {
  return `${toolDir(tool)}/${file}`;
}

export function platformOutput(tool: string, shard: number): string {
  return `${OUTPUT_DIR}/platform/shard-${shard}/${tool}.yaml`;
}

export function workloadDir(tool: string): string {
  return `${OUTPUT_DIR}/tools/${tool}`;
}

export function workloadOutput(tool: string, component: string): string {
  return `${workloadDir(tool)}/${component}.yaml`;
}

/** Whose output a path below manifests-out/ is; `undefined` for root.yaml and for what has no place there. */
export function outputOwner(path: string): { readonly tool: string; readonly part: OutputPart } | undefined {
  const match = OWNED.exec(path);
  if (match === null) return undefined;
  const [, running, granted = ''] = match;
  return running === undefined ? { tool: granted, part: 'platform' } : { tool: running, part: 'tools' };
}

const OWNED = new RegExp(`^${OUTPUT_DIR}/(?:tools/([^/]*)/[^/]*|platform/shard-\\d+/([^/]*)\\.yaml)$`);

/** What the platform grants a tool, and what the tool runs. */
export type OutputPart = 'platform' | 'tools';
