import { GitopsError } from '../errors.ts';
import type { Platform } from '../model/platform.ts';
import type { Registry } from '../ports/registry.ts';

/** Each may take as long as a registry's time-out. */
const FAILURES_MAX = 3;

/**
 * Registries for one look at the fleet: one that has failed so often in a row is not asked again until the next look, so
 * that a registry that hangs does not hold up what does not need it.
 */
export function patientRegistry(
  openRegistry: (platform: Platform) => Registry,
): (platform: Platform) => Registry {
  const failures = new Map<string, number>();
  return (platform) => ({
    async resolve(image) {
      const { host } = image;
      const before = failures.get(host) ?? 0;
      if (before >= FAILURES_MAX) {
        throw new GitopsError('registry-failed', `${host} is not asked again now: it failed ${before} times`);
      }
      try {
        const digest = await openRegistry(platform).resolve(image);
        failures.delete(host);
        return digest;
      } catch (error) {
        const isIts = error instanceof GitopsError && error.code === 'registry-failed';
        if (isIts) failures.set(host, (failures.get(host) ?? 0) + 1);
        throw error;
      }
    },
  });
}
