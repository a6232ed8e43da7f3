import { Tool } from '../../constructs/tool.ts';
import { shardOf } from '../model/hash.ts';
import { platformOutput, workloadDir, workloadOutput } from '../model/layout.ts';
import type { RenderedFile } from '../model/manifest.ts';
import type { ResolvedTool } from '../model/resolved-tool.ts';
import { generatedHeader } from './generated.ts';
import { renderFile } from './render-file.ts';
import { newChart, toManifests } from './to-manifests.ts';

/** All files of a tool below manifests-out: what the platform grants it, and one for each component that runs. */
export function renderTool(tool: ResolvedTool): readonly RenderedFile[] {
  const { name, platform } = tool;
  const header = generatedHeader(name);
  const { platform: granted, components } = new Tool(newChart(), 'tool', { tool });
  const files = [
    renderFile(platformOutput(name, shardOf(name, platform.shards)), header, toManifests(granted)),
    ...[...components].map(([component, scope]) =>
      renderFile(workloadOutput(name, component), header, toManifests(scope)),
    ),
  ];
  // git keeps no empty folder, and an Application whose path is missing cannot sync.
  return components.size > 0 ? files : [...files, renderFile(`${workloadDir(name)}/.gitkeep`, header, [])];
}
