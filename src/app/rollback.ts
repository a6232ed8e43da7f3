import { toolMessage } from '../change/commit-message.ts';
import { type RollbackResult, rollback, rollbackTarget } from '../change/rollback.ts';
import { GitopsError } from '../errors.ts';
import { type ImageRef, parseImageRef } from '../model/image-ref.ts';
import type { Platform } from '../model/platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { Registry } from '../ports/registry.ts';
import { type ImagesEdit, imagesEdit } from './edit-images.ts';
import type { ToolAtHead } from './tool-edit.ts';

export interface RollbackRequest {
  readonly tool: string;
  /** The only one that was ever built, where none is named. */
  readonly component: string | undefined;
  /** Digest, or its first digits; the newest earlier build where none is named. */
  readonly to: string | undefined;
  readonly by: string;
  readonly reason: string | undefined;
}

export type RolledBack = Pick<RollbackResult, 'outcome' | 'build' | 'left'> & { readonly component: string };

export interface RollbackDeps {
  readonly clock: Clock;
  openRegistry(platform: Platform): Registry;
}

/** Goes back to an earlier image that the registry still has, and holds it there. Throws `image-gone` when it has not. */
export function rollbackEdit(request: RollbackRequest, deps: RollbackDeps): ImagesEdit<RolledBack> {
  return imagesEdit(request.tool, async (at) => {
    const component = request.component ?? onlyComponent(at);
    const asked = { ...request, component, now: deps.clock.now() };
    const target = rollbackTarget(at.images, asked);
    await deps.openRegistry(at.platform).resolve(parseImageRef(target.image) as ImageRef);
    const { file, ...result } = rollback(at.images, asked);
    return {
      file,
      result: { component, ...result },
      message: () =>
        toolMessage({
          tool: request.tool,
          changes: [{ component, action: 'rolled-back', build: result.build, by: request.by }],
          reason: request.reason,
        }),
    };
  });
}

/** The component to act on when the caller names none. Throws `usage` unless there is just one with a build. */
export function onlyComponent({ images, tool }: ToolAtHead): string {
  const names = Object.keys(images.components).sort();
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only;
  if (only === undefined) {
    throw new GitopsError('not-found', `no component of tool "${tool.name}" has been built yet`);
  }
  throw new GitopsError('usage', `tool "${tool.name}" has several components with builds`, {
    hint: `name one of ${names.join(', ')}`,
  });
}
