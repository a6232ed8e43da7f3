import { basename, dirname } from 'node:path';
import { isToolName } from '../model/names.ts';
import { defaultPlatform } from '../spec/check-platform.ts';
import { checkTool } from '../spec/check-tool.ts';
import type { Report } from '../spec/report.ts';

/**
 * Checks one spec that lies outside a config repo: against the built-in defaults, and a mere matter of quota is a
 * warning, since the tool's real quota is not known here.
 */
export function checkLoneFile(file: string, text: string): Report {
  const name = toolNameFrom(file);
  const { diagnostics } = checkTool(
    { name, spec: { file, text } },
    { platform: defaultPlatform(), lone: true },
  );
  return { diagnostics, tools: 1, sources: new Map([[file, text]]) };
}

/** A lone file does not say whose it is: its folder's name is the best guess, and only messages show it. */
function toolNameFrom(file: string): string {
  const folder = basename(dirname(file));
  return isToolName(folder) ? folder : 'tool';
}
