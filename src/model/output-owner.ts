import { OUTPUT_DIR } from './layout.ts';

/** Whose a file of manifests-out is. */
export interface OutputOwner {
  /** Empty for what belongs to no tool. */
  readonly tool: string;
  /** Empty for what the platform grants the tool. */
  readonly component: string;
}

const WORKLOAD = new RegExp(`^${OUTPUT_DIR}/tools/([^/]+)/([^/]+)\\.yaml$`);
const PLATFORM = new RegExp(`^${OUTPUT_DIR}/platform/shard-\\d+/([^/]+)\\.yaml$`);

/** The inverse of `workloadOutput` and `platformOutput`. */
export function ownerOf(path: string): OutputOwner {
  const [, tool, component] = WORKLOAD.exec(path) ?? PLATFORM.exec(path) ?? [];
  return { tool: tool ?? '', component: component ?? '' };
}
