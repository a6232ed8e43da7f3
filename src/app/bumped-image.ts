import { GitopsError } from '../errors.ts';
import { formatImageRef, type ImageRef, isDigest, parseImageRef } from '../model/image-ref.ts';
import { namespaceOf } from '../model/names.ts';
import { nearest } from '../model/nearest.ts';
import type { ToolAtHead } from './tool-edit.ts';

/**
 * The image that a component of a tool is to run: of the tool's own registry project, or what its spec names as
 * `build.image`. A bare digest stands for the component's own repository. Throws `not-found`, `image-rejected`, `refused`.
 */
export function checkBumpedImage(at: ToolAtHead, component: string, text: string): ImageRef {
  const declared = declaredComponent(at, component);
  const own = `${at.platform.registry.host}/${namespaceOf(at.tool.name)}/${component}`;
  const ref = parseImageRef(isDigest(text) ? `${own}@${text}` : text);
  if (ref === undefined) {
    throw new GitopsError('image-rejected', `component "${component}": not an image reference`, {
      hint: `write host/repository:tag@sha256:…, as ${own}:latest@sha256:…; a digest has 64 hex digits`,
    });
  }
  const prebuilt = declared.prebuilt === undefined ? undefined : parseImageRef(declared.prebuilt);
  if (prebuilt !== undefined) return checkPrebuilt(component, ref, prebuilt);
  const isOwn =
    ref.host === at.platform.registry.host && ref.repository.startsWith(`${namespaceOf(at.tool.name)}/`);
  if (isOwn) return ref;
  throw new GitopsError(
    'image-rejected',
    `component "${component}": ${formatImageRef(ref)} is not this tool's image`,
    {
      hint: `push the build to ${own}`,
    },
  );
}

function declaredComponent(at: ToolAtHead, name: string): { readonly prebuilt: string | undefined } {
  const component = at.tool.components.find((candidate) => candidate.name === name);
  if (component === undefined) {
    const names = at.tool.components.map((candidate) => candidate.name);
    const near = nearest(name, names);
    throw new GitopsError('not-found', `tool "${at.tool.name}" has no component "${name}"`, {
      hint: near === undefined ? `it has ${names.join(', ')}` : `did you mean "${near}"?`,
    });
  }
  if (component.buildOf !== component.name) {
    throw new GitopsError('refused', `component "${name}" reuses the build of "${component.buildOf}"`, {
      hint: `bump "${component.buildOf}": both move together`,
    });
  }
  return { prebuilt: component.prebuilt };
}

/** The spec says which image; a bump may only say which digest it is. */
function checkPrebuilt(component: string, ref: ImageRef, prebuilt: ImageRef): ImageRef {
  const isSame = ref.host === prebuilt.host && ref.repository === prebuilt.repository;
  if (isSame && (ref.tag ?? prebuilt.tag) === prebuilt.tag) {
    return { ...ref, ...(prebuilt.tag !== undefined && { tag: prebuilt.tag }) };
  }
  throw new GitopsError(
    'image-rejected',
    `component "${component}" runs the prebuilt image ${formatImageRef(prebuilt)}, not ${formatImageRef(ref)}`,
    { hint: 'change build.image in toolforge.yaml first' },
  );
}
