import { PLATFORM_FILE, TOOL_FILES, toolFile } from '../model/layout.ts';
import type { Snapshot } from '../ports/config-repo.ts';
import { readOutput } from './read-output.ts';

/** Reads what every edit of these tools asks for, in two requests where one by one it would be some for each tool. */
export async function prefetchTools(head: Snapshot, tools: readonly string[]): Promise<void> {
  await prefetchSpecs(head, tools);
  if (tools.length > 0) await readOutput(head, { tools }, 1);
}

/** The tools' own files alone, enough to know who may do what. */
export async function prefetchSpecs(head: Snapshot, tools: readonly string[]): Promise<void> {
  await head.read([
    PLATFORM_FILE,
    ...tools.flatMap((tool) => TOOL_FILES.map((file) => toolFile(tool, file))),
  ]);
}
