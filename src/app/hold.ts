import { toolMessage } from '../change/commit-message.ts';
import { entryOf } from '../change/entries.ts';
import { type HoldResult, hold } from '../change/hold.ts';
import { type UnholdResult, unhold } from '../change/unhold.ts';
import type { Clock } from '../ports/clock.ts';
import { type ImagesEdit, imagesEdit } from './edit-images.ts';

export interface HoldRequest {
  readonly tool: string;
  readonly component: string;
  readonly by: string;
  readonly reason: string | undefined;
  /** RFC 3339. */
  readonly until: string | undefined;
}

/** Keeps a component on the image that it runs. */
export function holdEdit(request: HoldRequest, clock: Clock): ImagesEdit<Omit<HoldResult, 'file'>> {
  return imagesEdit(request.tool, (at) => {
    const { file, ...result } = hold(at.images, { ...request, now: clock.now() });
    const build = entryOf(file, request.component) ?? { image: result.image };
    const changes = [{ component: request.component, action: 'held', build, by: request.by } as const];
    return {
      file,
      result,
      message: () => toolMessage({ tool: request.tool, changes, reason: request.reason }),
    };
  });
}

export interface UnholdRequest {
  readonly tool: string;
  readonly component: string;
  readonly by: string;
  /** Stay on the image; the build that waits is forgotten. */
  readonly keep: boolean;
}

/** Lets a component move again; the build that waited is deployed. */
export function unholdEdit(request: UnholdRequest): ImagesEdit<Omit<UnholdResult, 'file'>> {
  return imagesEdit(request.tool, (at) => {
    const { file, ...result } = unhold(at.images, request.component, { keep: request.keep });
    const build = entryOf(file, request.component) ?? { image: result.image };
    const changes = [{ component: request.component, action: 'unheld', build, by: request.by } as const];
    return { file, result, message: () => toolMessage({ tool: request.tool, changes }) };
  });
}
