import { pullEdit } from './pull.ts';
import { type Landing, landingOf, type ServiceDeps } from './service-deps.ts';

/** Fetches a tool's spec; `undefined` where it has not changed. */
export function pulledSpec(tool: string, deps: ServiceDeps): Promise<Landing | undefined> {
  const pull = pullEdit(tool, deps);
  return landingOf(tool, { run: pull.run, result: () => undefined }, deps);
}
