import { basename, dirname } from 'node:path';
import { isToolName } from '../model/names.ts';
import { defaultPlatform } from '../spec/check-platform.ts';
import { checkTool } from '../spec/check-tool.ts';
import { isError } from '../spec/diagnostic.ts';
import type { Checked } from './validate.ts';

/**
 * Checks one spec that lies outside a config repo: against the built-in defaults, and a mere matter of quota is a
 * warning, since the tool's real quota is not known here.
 */
export function checkLoneFile(file: string, text: string): Checked {
  const name = toolNameFrom(file);
  const { tool, diagnostics } = checkTool(
    { name, spec: { file, text } },
    { platform: defaultPlatform(), lone: true },
  );
  return {
    platform: undefined,
    tools: tool === undefined ? [] : [tool],
    failed: diagnostics.some(isError) ? [name] : [],
    diagnostics,
    sources: new Map([[file, text]]),
  };
}

/** A lone file does not say whose it is: its folder's name is the best guess, and only messages show it. */
function toolNameFrom(file: string): string {
  const folder = basename(dirname(file));
  return isToolName(folder) ? folder : 'tool';
}
