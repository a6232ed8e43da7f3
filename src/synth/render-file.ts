import type { Manifest, RenderedFile } from '../model/manifest.ts';
import { emitYaml } from './emit-yaml.ts';

export function renderFile(path: string, header: string, objects: readonly Manifest[]): RenderedFile {
  return { path, objects, text: header + objects.map(emitYaml).join('---\n') };
}
