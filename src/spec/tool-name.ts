import { isToolName, TOOL_NAME_MAX } from '../model/names.ts';
import { type Diagnostic, FILE_START } from './diagnostic.ts';
import type { ToolSources } from './source-file.ts';
import { quoted } from './words.ts';

/** The folder's name is the tool's: part of a namespace and of a host name. */
export function toolNameMistakes({ name, spec }: ToolSources): readonly Diagnostic[] {
  if (isToolName(name)) return [];
  return [
    {
      file: spec.file,
      ...FILE_START,
      severity: 'error',
      code: 'TFG401',
      message: `a tool cannot be called ${quoted(name)}`,
      path: '',
      suggestion: renameAdvice(name),
    },
  ];
}

/** What to call the folder of a tool whose name is none. */
export function renameAdvice(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, TOOL_NAME_MAX)
    .replace(/^-+|-+$/g, '');
  const hint = isToolName(plain) ? `: \`${plain}\`` : '';
  return `rename the folder to at most ${TOOL_NAME_MAX} lower-case letters, digits and \`-\`${hint}`;
}
