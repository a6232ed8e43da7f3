import type { JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { each, mapOf, type Placed } from './read.ts';

/** A pod, or the template that pods are made from. */
export interface Pod {
  readonly metadata: Placed;
  readonly spec: Placed;
  readonly containers: readonly Placed[];
}

/** Where each kind keeps its pod: the fields on the way to it. */
const TEMPLATES: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', []],
  ['Deployment', ['spec', 'template']],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);
const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The pod that an object makes; `undefined` for one that makes none. */
export function podOf(object: Manifest): Pod | undefined {
  const path = TEMPLATES.get(object.kind);
  if (path === undefined) return undefined;
  let template: JsonObject = object;
  let at = '';
  for (const key of path) {
    template = mapOf(template[key]);
    at += `${key}.`;
  }
  const spec = { value: mapOf(template.spec), field: `${at}spec` };
  const metadata = { value: mapOf(template.metadata), field: `${at}metadata` };
  return { metadata, spec, containers: containersOf(spec) };
}

function containersOf({ value, field }: Placed): readonly Placed[] {
  const containers: Placed[] = [];
  for (const key of CONTAINERS) {
    each(value[key], (container, index) => {
      containers.push({ value: mapOf(container), field: `${field}.${key}[${index}]` });
    });
  }
  return containers;
}

/** The security context of a pod or a container. */
export function securityOf({ value, field }: Placed): Placed {
  return { value: mapOf(value.securityContext), field: `${field}.securityContext` };
}
