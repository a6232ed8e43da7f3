import { GitopsError } from '../../errors.ts';
import { formatImageRef, type ImageRef } from '../../model/image-ref.ts';
import type { HttpFailure } from '../http/send.ts';

export function imageGone(image: ImageRef): GitopsError {
  return new GitopsError('image-gone', `${image.host} has no image ${formatImageRef(image)}`, {
    hint: 'check the name and the tag; an old digest may have been removed by a retention rule',
  });
}

export function notAllowed(image: ImageRef, anonymous: boolean, helper: boolean): GitopsError {
  const name = `${image.host}/${image.repository}`;
  return new GitopsError(
    'permission',
    `${image.host} ${anonymous ? 'wants a login for' : 'does not let this login read'} ${name}`,
    { hint: loginHint(anonymous, helper) },
  );
}

function loginHint(anonymous: boolean, helper: boolean): string {
  if (!anonymous) return 'check that the image exists and that the login may pull it';
  if (helper) {
    return 'the Docker config names a credential helper, which is not run: set TFG_REGISTRY_USER and TFG_REGISTRY_PASSWORD, or put the login into "auths"';
  }
  return 'check that the image exists, or set TFG_REGISTRY_USER and TFG_REGISTRY_PASSWORD (for the registry of the platform) or log in with docker, podman or skopeo';
}

export function unreachable(image: ImageRef, at: URL, { failure, detail }: HttpFailure): GitopsError {
  if (failure === 'private-address') return refused(image, at, 'lies on a private address');
  const what = {
    timeout: `did not answer within ${detail}`,
    network: `cannot be reached: ${detail}`,
    'too-large': `answered with too much: ${detail}`,
  }[failure];
  return failed(image, `${at.host} ${what}`);
}

export function refused(image: ImageRef, at: URL, why: string): GitopsError {
  return failed(image, `${at.host}, where ${image.host} points to, ${why}`);
}

export function failed(image: ImageRef, why: string): GitopsError {
  return new GitopsError('registry-failed', `cannot look up ${formatImageRef(image)}: ${why}`, {
    hint: 'try again later; if it stays, ask those who run the registry',
  });
}
