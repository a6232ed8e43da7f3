import { PLATFORM_FILE, TOOL_FILES, toolFile, workloadDir } from '../model/layout.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { readOutput } from './read-output.ts';

/** Reads what every edit of these tools asks for, in few requests where one by one it would be some for each tool. */
export async function prefetchTools(head: Snapshot, tools: readonly string[]): Promise<void> {
  // A file that need not be there brings its folder with it: so all tools' folders come at once, and listing them is free.
  const folders = tools.length > 1 ? tools.map((tool) => `${workloadDir(tool)}/${FOLDER_PROBE}`) : [];
  await prefetchSpecs(head, tools, folders);
  if (tools.length > 0) await readOutput(head, { tools }, 1);
}

const FOLDER_PROBE = '.gitkeep';

/** The tools' own files alone, enough to know who may do what. */
export async function prefetchSpecs(
  head: Snapshot,
  tools: readonly string[],
  more: readonly string[] = [],
): Promise<void> {
  await head.read([
    PLATFORM_FILE,
    ...more,
    ...tools.flatMap((tool) => TOOL_FILES.map((file) => toolFile(tool, file))),
  ]);
}
