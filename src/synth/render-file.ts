import { emitDocuments } from '../model/emit-yaml.ts';
import type { Manifest, RenderedFile } from '../model/manifest.ts';

export function renderFile(path: string, header: string, objects: readonly Manifest[]): RenderedFile {
  return { path, objects, text: header + emitDocuments(objects) };
}
