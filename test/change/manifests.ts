import type { DiffFile } from '../../src/change/diff.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { Manifest } from '../../src/model/manifest.ts';

export function fileAt(path: string, ...objects: readonly Manifest[]): DiffFile {
  return { path: `manifests-out/${path}`, text: JSON.stringify(objects), objects: () => objects };
}

export function object(kind: string, name: string, rest: JsonObject = {}): Manifest {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'tool-hello' }, ...rest };
}

/** A Deployment of one container. */
export function deployment(container: JsonObject, annotations: JsonObject = {}): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'tool-hello', annotations },
    spec: { template: { spec: { containers: [{ name: 'job', ...container }] as Json } } },
  };
}
