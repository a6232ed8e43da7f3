import type { ImageRef } from './image-ref.ts';
import { namespaceOf } from './names.ts';
import type { Platform } from './platform.ts';

/** Where an image stands towards a tool: only the first three may run. */
export type ImageStanding =
  /** In the tool's own project of the platform's registry. */
  | 'own'
  /** In a project of that registry that all tools share. */
  | 'shared'
  /** From another host that the platform allows. */
  | 'allowed-host'
  /** In another tool's project, or in one that is not shared. */
  | 'other-project'
  | 'other-host';

export function standingOf(
  image: ImageRef,
  tool: string,
  { registry, imageHosts }: Pick<Platform, 'registry' | 'imageHosts'>,
): ImageStanding {
  if (image.host !== registry.host) return imageHosts.includes(image.host) ? 'allowed-host' : 'other-host';
  const slash = image.repository.indexOf('/');
  const project = slash < 0 ? undefined : image.repository.slice(0, slash);
  if (project === namespaceOf(tool)) return 'own';
  return project !== undefined && registry.sharedProjects.includes(project) ? 'shared' : 'other-project';
}

export function mayRun(standing: ImageStanding): boolean {
  return standing === 'own' || standing === 'shared' || standing === 'allowed-host';
}
