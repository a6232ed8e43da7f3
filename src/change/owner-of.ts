import { outputOwner } from '../model/layout.ts';

/** Whose a file of manifests-out is, in the words of a diff. */
export interface Owner {
  /** Empty for what belongs to no tool. */
  readonly tool: string;
  /** Empty for what the platform grants the tool. */
  readonly component: string;
}

export function ownerOf(path: string): Owner {
  const owner = outputOwner(path);
  if (owner === undefined) return { tool: '', component: '' };
  const file = path.slice(path.lastIndexOf('/') + 1);
  return { tool: owner.tool, component: owner.part === 'tools' ? file.replace(/\.yaml$/, '') : '' };
}
