import type { Json } from '../model/json.ts';
import type { Manifest, RenderedFile } from '../model/manifest.ts';
import { groupOf } from './kinds.ts';
import { each, listOf, mapOf } from './read.ts';
import { type PolicyViolation, reportTo } from './violation.ts';

/** An object with the file that it is in. */
interface Owned {
  readonly object: Manifest;
  readonly file: string;
}

/** No object twice, and no host and path routed twice, in the files of a tool. */
export function checkUnique(files: readonly RenderedFile[], violations: PolicyViolation[]): void {
  const named = new Map<string, Owned[]>();
  const routed = new Map<string, string>();
  for (const { path: file, objects } of files) {
    for (const object of objects) {
      const report = reportTo(violations, file, object);
      const twin = claimName(named, { object, file });
      if (twin !== undefined) report('', 'TFG603', `is in ${twin.file} as well`);
      for (const { key, field } of routesOf(object)) {
        const taken = routed.get(key);
        if (taken === undefined) routed.set(key, file);
        else report(field, 'TFG605', `is routed by ${taken} as well`);
      }
    }
  }
}

/** The same object as it was met before, if it was. */
function claimName(named: Map<string, Owned[]>, owned: Owned): Owned | undefined {
  const { name } = owned.object.metadata;
  const others = named.get(name);
  if (others === undefined) {
    named.set(name, [owned]);
    return undefined;
  }
  const twin = others.find(({ object }) => isSame(object, owned.object));
  if (twin === undefined) others.push(owned);
  return twin;
}

/** Of whatever version: two versions of a kind are the same objects. Their names are the same already. */
function isSame(one: Manifest, other: Manifest): boolean {
  return (
    one.kind === other.kind &&
    String(one.metadata.namespace ?? '') === String(other.metadata.namespace ?? '') &&
    groupOf(one.apiVersion) === groupOf(other.apiVersion)
  );
}

interface Route {
  readonly key: string;
  readonly field: string;
}

const NONE: readonly Route[] = [];

function routesOf({ kind, spec }: Manifest): readonly Route[] {
  if (kind === 'Ingress') return ingressRoutes(mapOf(spec).rules);
  if (kind !== 'HTTPRoute') return NONE;
  return listOf(mapOf(spec).hostnames).map((host, index) => ({
    key: `${String(host)} /`,
    field: `spec.hostnames[${index}]`,
  }));
}

function ingressRoutes(rules: Json | undefined): readonly Route[] {
  const routes: Route[] = [];
  each(rules, (rule, index) => {
    const { host, http } = mapOf(rule);
    each(mapOf(http).paths, (entry, at) => {
      const { path } = mapOf(entry);
      routes.push({ key: `${host} ${path ?? '/'}`, field: `spec.rules[${index}].http.paths[${at}]` });
    });
  });
  return routes;
}
