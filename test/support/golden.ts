import { OUTPUT_DIR } from '../../src/model/layout.ts';
import type { RenderedFile } from '../../src/model/manifest.ts';
import { renderRoot } from '../../src/synth/render-root.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import { somePlatform } from './resolved-tool.ts';
import { SHAPES } from './tool-shapes.ts';

export const GOLDEN_DIR = 'test/golden';

/** Shapes whose platform file is worth a look of its own; that of the others differs in nothing. */
const WITH_PLATFORM = ['web', 'replicas', 'held', 'unbuilt', 'retired'];

/** Every golden file, by its path below GOLDEN_DIR. */
export function goldenFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [shape, tool] of Object.entries(SHAPES)) {
    for (const file of renderTool(tool)) {
      if (isWorkload(file) || WITH_PLATFORM.includes(shape)) files.set(below(shape, file), file.text);
    }
  }
  const root = renderRoot(somePlatform({ shards: 2 }));
  return files.set(below('platform', root), root.text);
}

function isWorkload({ path }: RenderedFile): boolean {
  return path.startsWith(`${OUTPUT_DIR}/tools/`);
}

function below(shape: string, { path }: RenderedFile): string {
  return `${shape}/${path.slice(OUTPUT_DIR.length + 1)}`;
}
