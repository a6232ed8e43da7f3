import type { Synthesis } from '../app/synth.ts';
import { CONFIG_DIR, outputOwner } from '../model/layout.ts';
import { counted } from './counted.ts';

/** So many are named. */
const NAMED = 10;

/** What `synth` deleted of tools that are in the specs no more, for whoever removed a folder by mistake. */
export function goneToolsNote({ plan, rendered }: Synthesis): string | undefined {
  const there = new Set(rendered.map((path) => outputOwner(path)?.tool));
  const gone = new Map<string, number>();
  for (const path of plan?.deletes ?? []) {
    const tool = outputOwner(path)?.tool;
    if (tool !== undefined && !there.has(tool)) gone.set(tool, (gone.get(tool) ?? 0) + 1);
  }
  if (gone.size === 0) return undefined;
  const tools = [...gone].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, NAMED);
  const more = gone.size > NAMED ? ` and ${gone.size - NAMED} more` : '';
  const names = tools.map(([tool]) => tool);
  return (
    `deleted the output of ${counted(gone.size, 'tool')} that ${gone.size === 1 ? 'has' : 'have'} no folder in ` +
    `${CONFIG_DIR}/: ${tools.map(([tool, files]) => `${tool} (${counted(files, 'file')})`).join(', ')}${more}\n` +
    '  hint: put back a folder that is missing by mistake; `publish` refuses to delete a tool that was not retired, ' +
    `unless it is named: --allow-delete ${names.join(' ')}`
  );
}
