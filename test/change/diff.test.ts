import { describe, expect, test } from 'vitest';
import { diffFiles } from '../../src/change/diff.ts';
import type { Json } from '../../src/model/json.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { deployment, fileAt, object } from './manifests.ts';

const WEB = 'tools/hello/web.yaml';

function changesOf(before: Manifest, after: Manifest) {
  const { changes } = diffFiles([fileAt(WEB, before)], [fileAt(WEB, after)]);
  return changes.map(({ field, from, to }) => ({ field, from, to }));
}

describe('fields of an object', () => {
  const env = (...pairs: readonly (readonly [string, Json])[]) => ({
    env: pairs.map(([name, value]) => ({ name, value })),
  });
  const container = 'spec.template.spec.containers[job]';

  test.each([
    {
      name: 'an image, in a container found by its name',
      before: deployment({ image: 'a' }),
      after: deployment({ image: 'b' }),
      expected: [{ field: `${container}.image`, from: 'a', to: 'b' }],
    },
    {
      name: 'a key with dots, in brackets',
      before: deployment({}, { 'example.org/commit': '1', plain: '1' }),
      after: deployment({}, { 'example.org/commit': '2', plain: '2' }),
      expected: [
        { field: 'metadata.annotations[example.org/commit]', from: '1', to: '2' },
        { field: 'metadata.annotations.plain', from: '1', to: '2' },
      ],
    },
    {
      name: 'items of a plain list by position',
      before: deployment({ args: ['a', 'b'] }),
      after: deployment({ args: ['a', 'c', 'd'] }),
      expected: [
        { field: `${container}.args[1]`, from: 'b', to: 'c' },
        { field: `${container}.args[2]`, from: undefined, to: 'd' },
      ],
    },
    {
      name: 'items whose names repeat by position',
      before: deployment({
        mounts: [
          { name: 'a', path: '/x' },
          { name: 'a', path: '/y' },
        ],
      }),
      after: deployment({
        mounts: [
          { name: 'a', path: '/x' },
          { name: 'a', path: '/z' },
        ],
      }),
      expected: [{ field: `${container}.mounts[1].path`, from: '/y', to: '/z' }],
    },
    {
      name: 'another order of named items',
      before: deployment({ ports: [{ name: 'a' }, { name: 'b' }] }),
      after: deployment({ ports: [{ name: 'b' }, { name: 'a' }] }),
      expected: [{ field: `${container}.ports[]`, from: 'a, b', to: 'b, a' }],
    },
    {
      name: 'env values by name, hidden',
      before: deployment(env(['KEPT', 'k'], ['CHANGED', 'old'], ['GONE', 'g'])),
      after: deployment(env(['KEPT', 'k'], ['CHANGED', 'new'], ['NEW', 'n'])),
      expected: [
        { field: `${container}.env[CHANGED]`, from: '(hidden)', to: '(changed)' },
        { field: `${container}.env[GONE]`, from: '(hidden)', to: undefined },
        { field: `${container}.env[NEW]`, from: undefined, to: '(hidden)' },
      ],
    },
    {
      name: 'an env that comes as a whole, hidden',
      before: deployment({}),
      after: deployment(env(['NEW', 'n'])),
      expected: [{ field: `${container}.env[NEW]`, from: undefined, to: '(hidden)' }],
    },
    {
      name: 'another order of env',
      before: deployment(env(['A', '1'], ['B', '2'])),
      after: deployment(env(['B', '2'], ['A', '1'])),
      expected: [{ field: `${container}.env[]`, from: 'A, B', to: 'B, A' }],
    },
    {
      name: 'an env of no known form, hidden as a whole',
      before: deployment({ env: ['A=1'] }),
      after: deployment({ env: ['A=2'] }),
      expected: [{ field: `${container}.env`, from: '(hidden)', to: '(changed)' }],
    },
    {
      name: 'an empty env that goes',
      before: deployment({ env: [] }),
      after: deployment({}),
      expected: [{ field: `${container}.env`, from: '(hidden)', to: undefined }],
    },
    {
      name: 'env within a part that comes as a whole, hidden',
      before: object('Job', 'web', {}),
      after: object('Job', 'web', {
        spec: { containers: [{ name: 'job', env: [{ name: 'A', value: 'x' }] }] },
      }),
      expected: [{ field: 'spec', from: undefined, to: { containers: [{ name: 'job', env: '(hidden)' }] } }],
    },
    {
      name: 'data of a Secret, hidden',
      before: object('Secret', 'web', { data: { a: 'eA==', b: 'eQ==' }, stringData: { c: 'z' } }),
      after: object('Secret', 'web', { data: { a: 'eg==', b: 'eQ==' }, stringData: {} }),
      expected: [
        { field: 'data[a]', from: '(hidden)', to: '(changed)' },
        { field: 'stringData[c]', from: '(hidden)', to: undefined },
      ],
    },
    {
      name: 'data of another kind, shown',
      before: object('ConfigMap', 'web', { data: { a: '1' } }),
      after: object('ConfigMap', 'web', { data: { a: '2' } }),
      expected: [{ field: 'data.a', from: '1', to: '2' }],
    },
    {
      name: 'a value of another type',
      before: object('Service', 'web', { spec: { port: 80 } }),
      after: object('Service', 'web', { spec: { port: '80' } }),
      expected: [{ field: 'spec.port', from: 80, to: '80' }],
    },
    {
      name: 'keys that every object inherits',
      before: object('ConfigMap', 'web', { data: {} }),
      after: object('ConfigMap', 'web', { data: { constructor: '1' } }),
      expected: [{ field: 'data.constructor', from: undefined, to: '1' }],
    },
    {
      name: 'nothing but another order of keys',
      before: object('A', 'web', { a: 1, b: 2 }),
      after: object('A', 'web', { b: 2, a: 1 }),
      expected: [],
    },
  ])('$name', ({ before, after, expected }) => {
    expect(changesOf(before, after)).toEqual(expected);
  });
});

describe('diffFiles', () => {
  const web = deployment({ image: 'a' });

  test('counts tools and files, and tells of whole objects once', () => {
    const before = [
      fileAt('root.yaml', object('AppProject', 'platform')),
      fileAt('platform/shard-0/gone.yaml', object('Namespace', 'tool-gone')),
      fileAt('platform/shard-0/hello.yaml', object('Namespace', 'tool-hello')),
      fileAt('platform/shard-0/same.yaml', object('Namespace', 'tool-same')),
      fileAt(WEB, web, object('Service', 'web')),
    ];
    const after = [
      fileAt('root.yaml', object('AppProject', 'platform', { spec: { description: 'x' } })),
      fileAt('platform/shard-0/new.yaml', object('Namespace', 'tool-new')),
      fileAt('platform/shard-0/hello.yaml', object('Namespace', 'tool-hello')),
      fileAt('platform/shard-0/same.yaml', object('Namespace', 'tool-same')),
      fileAt(WEB, web),
    ];
    expect(diffFiles(before, after)).toEqual({
      tools: { total: 4, changed: ['hello', 'new'], deleted: ['gone'] },
      files: [
        { path: 'manifests-out/platform/shard-0/gone.yaml', change: 'delete' },
        { path: 'manifests-out/platform/shard-0/new.yaml', change: 'add' },
        { path: 'manifests-out/root.yaml', change: 'change' },
        { path: 'manifests-out/tools/hello/web.yaml', change: 'change' },
      ],
      changes: [
        {
          tool: '',
          component: '',
          kind: 'AppProject',
          name: 'platform',
          field: 'spec',
          from: undefined,
          to: { description: 'x' },
        },
        {
          tool: 'gone',
          component: '',
          kind: 'Namespace',
          name: 'tool-gone',
          field: '',
          from: '(object)',
          to: undefined,
        },
        {
          tool: 'hello',
          component: 'web',
          kind: 'Service',
          name: 'web',
          field: '',
          from: '(object)',
          to: undefined,
        },
        {
          tool: 'new',
          component: '',
          kind: 'Namespace',
          name: 'tool-new',
          field: '',
          from: undefined,
          to: '(object)',
        },
      ],
    });
    expect(diffFiles(before, after, { total: 3500 }).tools.total).toBe(3500);
  });

  test('an object that moves to another shard has not changed, nor is its tool deleted', () => {
    const namespace = object('Namespace', 'tool-hello');
    const diff = diffFiles(
      [fileAt('platform/shard-0/hello.yaml', namespace)],
      [fileAt('platform/shard-1/hello.yaml', namespace)],
    );
    expect(diff.tools).toEqual({ total: 1, changed: ['hello'], deleted: [] });
    expect(diff.changes).toEqual([]);
  });

  test('objects of files with the same text are never asked for', () => {
    const file = { ...fileAt(WEB, web), objects: () => expect.unreachable() };
    expect(diffFiles([file], [file]).changes).toEqual([]);
  });

  test('two objects of one identity are told apart', () => {
    const twice = [fileAt(WEB, object('Service', 'web'), object('Service', 'web', { spec: { a: 1 } }))];
    const { changes } = diffFiles(twice, [fileAt(WEB, object('Service', 'web'))]);
    expect(changes).toMatchObject([{ kind: 'Service', field: '', to: undefined }]);
  });
});
