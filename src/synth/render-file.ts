import { emitDocuments } from '../model/emit-yaml.ts';
import type { JsonObject } from '../model/json.ts';
import type { Manifest, RenderedFile } from '../model/manifest.ts';

export function renderFile(path: string, header: string, objects: readonly Manifest[]): RenderedFile {
  return { path, objects, text: header + emitDocuments(objects, manifestKeys) };
}

const FIRST = ['apiVersion', 'kind', 'metadata', 'spec'];

/** What an object begins with, then by name: cdk8s sorts as well, unless an environment variable tells it not to. */
function manifestKeys(value: JsonObject, indent: string): readonly string[] {
  const keys = Object.keys(value).sort();
  if (indent !== '') return keys;
  return [...FIRST.filter((key) => Object.hasOwn(value, key)), ...keys.filter((key) => !FIRST.includes(key))];
}
