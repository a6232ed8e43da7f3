import { outputOwner } from '../model/layout.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { checkPolicy } from '../policy/check-policy.ts';
import { checkUnique } from '../policy/unique.ts';
import type { PolicyViolation } from '../policy/violation.ts';
import { type Diagnostic, FILE_START } from '../spec/diagnostic.ts';
import { renderRoot } from '../synth/render-root.ts';
import { renderTool } from '../synth/render-tool.ts';

export interface Rendered {
  /** Without the files of tools in `failed`. */
  readonly files: readonly RenderedFile[];
  readonly awaitingFirstBuild: readonly Awaiting[];
  /** What policy says of the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** The tools whose files break policy. */
  readonly failed: readonly string[];
}

export interface Awaiting {
  readonly tool: string;
  readonly component: string;
}

export interface RenderOptions {
  readonly platform: Platform;
  /** Whether manifests-out/root.yaml is part of it. */
  readonly withRoot: boolean;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Renders tools and holds the result against policy. Pure. */
export function renderFleet(
  tools: readonly ResolvedTool[],
  { platform, withRoot, onProgress }: RenderOptions,
): Rendered {
  const files: RenderedFile[] = withRoot ? [renderRoot(platform)] : [];
  const violations: PolicyViolation[] = [];
  tools.forEach((tool, index) => {
    const rendered = renderTool(tool);
    violations.push(...checkPolicy(rendered, { tool: tool.name, platform }));
    files.push(...rendered);
    onProgress?.(index + 1);
  });
  // What clashes within one tool has been found above.
  if (violations.length === 0) violations.push(...checkUnique(files));
  const failed = new Set(violations.flatMap(({ file }) => outputOwner(file)?.tool ?? []));
  return {
    files: failed.size === 0 ? files : files.filter(({ path }) => !failed.has(outputOwner(path)?.tool ?? '')),
    awaitingFirstBuild: tools.flatMap(awaitingOf),
    diagnostics: violations.map(toDiagnostic),
    failed: [...failed],
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
