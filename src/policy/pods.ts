import type { Json, JsonObject } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { mapOf, type Placed, placedMaps } from './read.ts';

/** A pod, or the template that pods are made from. */
export interface Pod {
  readonly metadata: Placed;
  readonly spec: Placed;
  readonly containers: readonly Placed[];
}

/** Where each kind keeps its pod. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};
const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The pod that an object makes; `undefined` for one that makes none. */
export function podOf(object: Manifest): Pod | undefined {
  const path = Object.hasOwn(TEMPLATES, object.kind) ? TEMPLATES[object.kind] : undefined;
  if (path === undefined) return undefined;
  const template = path.reduce<Json | undefined>((value, key) => mapOf(value)[key], object);
  const at = (key: string): Placed => ({
    value: mapOf(mapOf(template)[key]),
    field: [...path, key].join('.'),
  });
  const spec = at('spec');
  return { metadata: at('metadata'), spec, containers: containersOf(spec) };
}

function containersOf({ value, field }: Placed): readonly Placed[] {
  return CONTAINERS.flatMap((key) => placedMaps(value[key], `${field}.${key}`));
}

/** The security context of a pod or a container. */
export function securityOf({ value, field }: Placed): { readonly value: JsonObject; readonly field: string } {
  return { value: mapOf(value.securityContext), field: `${field}.securityContext` };
}
