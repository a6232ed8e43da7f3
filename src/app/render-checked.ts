import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { checkPolicy } from '../policy/check-policy.ts';
import type { PolicyViolation } from '../policy/violation.ts';
import { type Diagnostic, FILE_START } from '../spec/diagnostic.ts';
import { renderTool } from '../synth/render-tool.ts';

export interface Rendered {
  readonly files: readonly RenderedFile[];
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** What policy says of the files: with any of it they must not be written. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface Awaiting {
  readonly tool: string;
  readonly component: string;
}

/**
 * Renders a tool and holds the result against policy. Pure. Policy ties every object to the tool's own namespace, name and
 * host, so what passes cannot clash with another tool's either.
 */
export function renderChecked(tool: ResolvedTool, platform: Platform): Rendered {
  const files = renderTool(tool);
  return {
    files,
    awaitingFirstBuild: awaitingOf(tool),
    diagnostics: checkPolicy(files, { tool: tool.name, platform }).map(toDiagnostic),
  };
}

function awaitingOf({ name, retired, components }: ResolvedTool): readonly Awaiting[] {
  if (retired) return [];
  return components
    .filter(({ image }) => image === undefined)
    .map((component) => ({ tool: name, component: component.name }));
}

function toDiagnostic({ file, kind, name, field, code, message }: PolicyViolation): Diagnostic {
  return {
    ...FILE_START,
    file,
    severity: 'error',
    code,
    message: `${kind} ${name}: ${message}`,
    path: field,
    suggestion: undefined,
  };
}
