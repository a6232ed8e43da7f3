import type { Edit } from '../../src/app/land.ts';
import { PLATFORM_FILE, toolFile, workloadDir, workloadOutput } from '../../src/model/layout.ts';

/** For tests that are of the outcome alone, on a machine however busy; milliseconds. */
export const PATIENT = { readTimeout: 300_000, writeTimeout: 300_000 };

/** Reads what a bump reads and writes what it writes; idempotent, as every edit is. */
export function bumpLike(tool: string, image: string): Edit {
  return async (head) => {
    const images = toolFile(tool, 'images.yaml');
    const [old, output] = await head.read([
      images,
      workloadOutput(tool, 'web'),
      toolFile(tool, 'toolforge.yaml'),
      toolFile(tool, 'tenant.yaml'),
      PLATFORM_FILE,
    ]);
    await head.list(workloadDir(tool));
    if (old?.includes(`${image}\n`)) return undefined;
    return {
      files: [
        { path: images, text: `${old ?? ''}${image}\n` },
        { path: workloadOutput(tool, 'web'), text: `${output ?? ''}image: ${image}\n` },
      ],
      message: { subject: `Deploy ${tool} ${image}`, trailers: [{ key: 'Tool', value: tool }] },
    };
  };
}

/** A config repo of so many tools, with what a bump touches. */
export function bumpableFiles(tools: readonly string[]): Record<string, string> {
  const files: Record<string, string> = { [PLATFORM_FILE]: 'domain: example.org\n' };
  for (const tool of tools) {
    files[toolFile(tool, 'toolforge.yaml')] = `tool: ${tool}\n`;
    files[toolFile(tool, 'images.yaml')] = '';
    files[workloadOutput(tool, 'web')] = 'kind: Deployment\n';
  }
  return files;
}
