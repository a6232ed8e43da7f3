import type { RenderedFile } from '../model/manifest.ts';
import type { Platform } from '../model/platform.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import type { Diagnostic } from '../spec/diagnostic.ts';
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
  tools.forEach((tool, index) => {
    files.push(...renderTool(tool));
    onProgress?.(index + 1);
  });
  return {
    files,
    awaitingFirstBuild: tools.flatMap(awaitingOf),
    diagnostics: [],
    failed: [],
  };
}

function awaitingOf({ name, retired, components }: ResolvedTool): readonly Awaiting[] {
  if (retired) return [];
  return components
    .filter(({ image }) => image === undefined)
    .map((component) => ({ tool: name, component: component.name }));
}
