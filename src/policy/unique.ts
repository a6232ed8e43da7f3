import type { Manifest, RenderedFile } from '../model/manifest.ts';
import { listOf, mapOf, placedMaps } from './read.ts';
import type { PolicyViolation } from './violation.ts';

/** No object twice, and no host and path routed twice, in the files given: those of a tool, or of all tools. */
export function checkUnique(files: Iterable<RenderedFile>): readonly PolicyViolation[] {
  const violations: PolicyViolation[] = [];
  const objects = new Map<string, string>();
  const routes = new Map<string, string>();
  for (const { path: file, objects: found } of files) {
    for (const object of found) {
      const at = { file, kind: object.kind, name: object.metadata.name };
      const first = claim(objects, identityOf(object), file);
      if (first !== undefined) {
        violations.push({ ...at, field: '', code: 'TFG603', message: `is in ${first} as well` });
      }
      for (const route of routesOf(object)) {
        const taken = claim(routes, route.key, file);
        if (taken === undefined) continue;
        violations.push({
          ...at,
          field: route.field,
          code: 'TFG605',
          message: `is routed by ${taken} as well`,
        });
      }
    }
  }
  return violations;
}

/** The file that had the key before, if any. */
function claim(taken: Map<string, string>, key: string, file: string): string | undefined {
  const first = taken.get(key);
  if (first === undefined) taken.set(key, file);
  return first;
}

/** Of whatever version: two versions of a kind are the same objects. */
function identityOf({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
  return `${group} ${kind} ${metadata.namespace ?? ''} ${metadata.name}`;
}

interface Route {
  readonly key: string;
  readonly field: string;
}

function routesOf({ kind, spec }: Manifest): readonly Route[] {
  const rules = mapOf(spec).rules;
  if (kind === 'Ingress') {
    return placedMaps(rules, 'spec.rules').flatMap(({ value, field }) =>
      placedMaps(mapOf(value.http).paths, `${field}.http.paths`).map((path) => ({
        key: `${value.host} ${path.value.path ?? '/'}`,
        field: path.field,
      })),
    );
  }
  if (kind !== 'HTTPRoute') return [];
  return listOf(mapOf(spec).hostnames).map((host, index) => ({
    key: `${String(host)} /`,
    field: `spec.hostnames[${index}]`,
  }));
}
