import { isToolName, TOOL_NAME_MAX } from '../model/names.ts';
import { type Diagnostic, FILE_START } from './diagnostic.ts';
import type { ToolSources } from './source-file.ts';
import { quoted } from './words.ts';

/** The folder's name is the tool's: part of a namespace and of a host name. */
export function toolNameMistakes({ name, spec }: ToolSources): readonly Diagnostic[] {
  if (isToolName(name)) return [];
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, TOOL_NAME_MAX)
    .replace(/^-+|-+$/g, '');
  const hint = isToolName(plain) ? `: \`${plain}\`` : '';
  return [
    {
      file: spec.file,
      ...FILE_START,
      severity: 'error',
      code: 'TFG401',
      message: `a tool cannot be called ${quoted(name)}`,
      path: '',
      suggestion: `rename the folder to at most ${TOOL_NAME_MAX} lower-case letters, digits and \`-\`${hint}`,
    },
  ];
}
