import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { PlatformArgo } from '../../constructs/platform-argo.ts';
import { Tool } from '../../constructs/tool.ts';
import { toManifests } from '../../src/synth/to-manifests.ts';
import { SHAPES } from '../support/tool-shapes.ts';

/** As a cdk8s app of anybody's would. */
function stockObjects(chart: Chart): unknown[] {
  return chart.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson()] : []));
}

describe('toManifests', () => {
  test.each(Object.entries(SHAPES))('gives what cdk8s gives: %s', (_, tool) => {
    const chart = new Chart(new App(), 'tool');
    new Tool(chart, 'tool', { tool });
    expect(toManifests(chart)).toEqual(stockObjects(chart));
  });

  test('gives what cdk8s gives for the platform', () => {
    const chart = new Chart(new App(), 'platform');
    const place = { namespace: 'argocd', server: 'https://kubernetes.default.svc' };
    new PlatformArgo(chart, 'platform', {
      ...place,
      repoUrl: 'https://x/y',
      branch: 'main',
      shards: ['a', 'b'],
    });
    expect(toManifests(chart)).toEqual(stockObjects(chart));
  });

  test('leaves out empty annotations, and keeps empty values elsewhere', () => {
    const chart = new Chart(new App(), 'chart');
    const metadata = { name: 'a', annotations: {} };
    new ApiObject(chart, 'a', {
      apiVersion: 'v1',
      kind: 'A',
      metadata,
      spec: { z: {}, b: [], a: undefined },
    });
    expect(toManifests(chart)).toEqual([
      { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' }, spec: { b: [], z: {} } },
    ]);
  });
});
