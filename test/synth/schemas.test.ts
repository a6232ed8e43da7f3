import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { LimitRange } from 'kubernetes-models/v1/LimitRange';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { ResourceQuota } from 'kubernetes-models/v1/ResourceQuota';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/model/manifest.ts';
import { renderRoot } from '../../src/synth/render-root.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import { application, appProject, httpRoute } from '../support/argo-schemas.ts';
import { mutate } from '../support/mutate.ts';
import { somePlatform } from '../support/resolved-tool.ts';
import { SHAPES } from '../support/tool-shapes.ts';

/** Throws where an object is not what its kind says. That no field is unknown, the L1 classes' `toJson` tells. */
type Check = (object: Manifest) => unknown;

const kubernetes =
  // biome-ignore lint/suspicious/noExplicitAny: each class takes its own kind of object
    (Kind: new (object: any) => { validate(): void }): Check =>
    (object) =>
      new Kind(object).validate();

const CHECKS: Readonly<Record<string, Check>> = {
  'v1 Namespace': kubernetes(Namespace),
  'v1 ResourceQuota': kubernetes(ResourceQuota),
  'v1 LimitRange': kubernetes(LimitRange),
  'v1 ServiceAccount': kubernetes(ServiceAccount),
  'v1 Service': kubernetes(Service),
  'networking.k8s.io/v1 NetworkPolicy': kubernetes(NetworkPolicy),
  'networking.k8s.io/v1 Ingress': kubernetes(Ingress),
  'apps/v1 Deployment': kubernetes(Deployment),
  'batch/v1 CronJob': kubernetes(CronJob),
  'batch/v1 Job': kubernetes(Job),
  'argoproj.io/v1alpha1 AppProject': (object) => appProject.parse(object),
  'argoproj.io/v1alpha1 Application': (object) => application.parse(object),
  'gateway.networking.k8s.io/v1 HTTPRoute': (object) => httpRoute.parse(object),
};

function check(object: Manifest): void {
  const found = CHECKS[`${object.apiVersion} ${object.kind}`];
  if (found === undefined) throw new Error(`no schema for ${object.apiVersion} ${object.kind}`);
  found(object);
}

const files = [renderRoot(somePlatform({ shards: 2 })), ...Object.values(SHAPES).flatMap(renderTool)];
const objects = files.flatMap(({ path, objects: found }) =>
  found.map((object) => [`${path} ${object.kind} ${object.metadata.name}`, object] as const),
);

describe('every object is what its kind says', () => {
  test.each(objects)('%s', (_, object) => {
    check(object);
  });

  test('of every kind that there is a schema for', () => {
    const kinds = new Set(objects.map(([, { apiVersion, kind }]) => `${apiVersion} ${kind}`));
    expect([...kinds].sort()).toEqual(Object.keys(CHECKS).sort());
  });
});

test.each([
  ['web', 'Deployment', 'spec.replicas', 'one'],
  ['web', 'Deployment', 'spec.template.spec.containers', 'job'],
  ['jobs', 'CronJob', 'spec.schedule', undefined],
  ['web', 'Service', 'spec.ports[0].port', undefined],
  ['replicas', 'HTTPRoute', 'spec.rules[0].backendRefs[0].port', 99_999],
  ['web', 'Application', 'spec.syncPolicy.automated.prune', 'true'],
  ['web', 'Application', 'spec.paths', ['a']],
  ['web', 'AppProject', 'spec.destinations[0].server', 3],
])('a schema finds a mistake: %s %s %s', (shape, kind, field, value) => {
  const tool = SHAPES[shape];
  if (tool === undefined) throw new Error(`no shape ${shape}`);
  const broken = mutate(renderTool(tool), kind, field, value).flatMap(({ objects: found }) => found);
  expect(() => broken.forEach(check)).toThrow();
});
