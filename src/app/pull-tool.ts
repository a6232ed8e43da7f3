import { pullEdit } from './pull.ts';
import { type ServiceDeps, submitIfNeeded } from './service-deps.ts';

/** Fetches a tool's spec and commits it if it changed; answers whether it did. */
export function pullTool(tool: string, deps: ServiceDeps): Promise<boolean> {
  const pull = pullEdit(tool, deps);
  return submitIfNeeded(tool, { run: pull.run, result: () => undefined }, deps);
}
