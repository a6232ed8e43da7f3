import { entryOf } from '../change/entries.ts';
import { GitopsError } from '../errors.ts';
import { formatImageRef } from '../model/image-ref.ts';
import { isComponentName, isToolName, namespaceOf } from '../model/names.ts';
import type { ResolvedComponent } from '../model/resolved-tool.ts';
import { bumpEdit } from './bump.ts';
import { isRecorded, type Landing, landingOf, type ServiceDeps } from './service-deps.ts';
import { readTool, type ToolAtHead } from './tool-edit.ts';

/** A component's place in the platform's registry. */
export interface PushedImage {
  readonly tool: string;
  readonly component: string;
}

/** `tool-hello/web` as tool and component; `undefined` for any other repository. */
export function pushedImage(repository: string): PushedImage | undefined {
  const [project = '', component = '', ...more] = repository.split('/');
  const tool = project.startsWith('tool-') ? project.slice('tool-'.length) : '';
  const isOurs = more.length === 0 && isToolName(tool) && isComponentName(component);
  return isOurs ? { tool, component } : undefined;
}

/**
 * The deploys of what the platform's tags name in the registry now, unless it was recorded before. Whoever says that an
 * image was pushed is not believed: only what the registry answers counts, so a delivery that is forged, repeated or late
 * changes nothing.
 */
export async function pushedImages(
  { tool, component }: PushedImage,
  deps: ServiceDeps,
): Promise<readonly Landing[]> {
  const at = await readTool(await deps.heads.at(tool), tool);
  const found = at.tool.components.find(({ name }) => name === component);
  return found !== undefined && isBuilt(found) ? newBuilds(at, component, deps) : [];
}

/** Whether it runs a build of its own. */
export function isBuilt({ name, buildOf, prebuilt }: ResolvedComponent): boolean {
  return buildOf === name && prebuilt === undefined;
}

/** The same of a component of a tool that was read already, one that is built. */
export async function newBuilds(
  at: ToolAtHead,
  component: string,
  deps: ServiceDeps,
): Promise<readonly Landing[]> {
  const tool = at.tool.name;
  const landings: Landing[] = [];
  for (const tag of at.platform.service.tags) {
    const image = await newImage(at, { component, tag }, deps);
    if (image === undefined) continue;
    const edit = bumpEdit({ tool, images: { [component]: image }, build: {} }, deps);
    const landing = await landingOf(tool, edit, deps);
    if (landing !== undefined) landings.push(landing);
  }
  return landings;
}

/** No time of the build is given: when it was pushed says nothing of when it began, which CI may report for others. */
async function newImage(
  at: ToolAtHead,
  { component, tag }: { component: string; tag: string },
  { openRegistry }: ServiceDeps,
): Promise<string | undefined> {
  const ref = {
    host: at.platform.registry.host,
    repository: `${namespaceOf(at.tool.name)}/${component}`,
    tag,
  };
  try {
    const digest = await openRegistry(at.platform).resolve(ref);
    return isRecorded(entryOf(at.images, component), digest) ? undefined : formatImageRef({ ...ref, digest });
  } catch (error) {
    if (error instanceof GitopsError && error.code === 'image-gone') return undefined;
    throw error;
  }
}
