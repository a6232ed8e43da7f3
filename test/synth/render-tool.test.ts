import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { RenderedFile } from '../../src/model/manifest.ts';
import type { ComponentName } from '../../src/model/names.ts';
import type { ResolvedTool } from '../../src/model/resolved-tool.ts';
import { isGenerated } from '../../src/synth/generated.ts';
import { renderRoot } from '../../src/synth/render-root.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import {
  scheduled,
  someComponent,
  someImage,
  somePlatform,
  someTool,
  web,
} from '../support/resolved-tool.ts';
import { SHAPES } from '../support/tool-shapes.ts';

const built = (digit: string, changes = {}) => {
  const image = `registry.example.org/tool-hello/web@sha256:${digit.repeat(64)}`;
  const commit = digit.repeat(40);
  const source = { repository: 'https://gitea.example.org/tools/hello', commit };
  return someImage('', {
    ref: image,
    build: { image, source, build_url: `https://ci/${digit}` },
    ...changes,
  });
};
const tool = (image = built('1')): ResolvedTool =>
  someTool('hello', {
    components: [
      someComponent('web', { image, run: web() }),
      someComponent('job', { image, buildOf: 'web' as ComponentName, run: scheduled() }),
      someComponent('bot'),
    ],
  });

function changedPaths(before: readonly RenderedFile[], after: readonly RenderedFile[]): readonly string[] {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  expect([...old.keys()]).toEqual(after.map(({ path }) => path));
  return after.filter(({ path, text }) => old.get(path) !== text).map(({ path }) => path);
}

describe('a change is in the files that it concerns', () => {
  const before = renderTool(tool());

  test('a bump: the components that run the image', () => {
    expect(changedPaths(before, renderTool(tool(built('2'))))).toEqual([
      'manifests-out/tools/hello/job.yaml',
      'manifests-out/tools/hello/web.yaml',
    ]);
  });

  test('a hold: the notice', () => {
    const after = renderTool(tool(built('1', { hold: { by: 'alice' } })));
    expect(changedPaths(before, after)).toEqual(['manifests-out/platform/shard-0/hello.yaml']);
  });

  test('a build of the same image from another commit leaves the pods alone', () => {
    const other = built('1', { build: { ...built('2').build } });
    const specs = [tool(), tool(other)].map((each) =>
      renderTool(each).flatMap(({ objects }) => objects.map(({ spec }) => spec)),
    );
    expect(specs[0]).toEqual(specs[1]);
  });
});

describe('files', () => {
  test.each(Object.entries(SHAPES))('hold the objects that they say: %s', (_, shape) => {
    for (const { objects, text } of renderTool(shape)) {
      const documents = parseAllDocuments(text).map((document) => document.toJS());
      expect(documents.filter((document) => document !== null)).toEqual(objects);
    }
  });

  test.each(Object.entries(SHAPES))('are known as ours: %s', (_, shape) => {
    expect(renderTool(shape).every(({ text }) => isGenerated(text))).toBe(true);
    expect(isGenerated(renderRoot(somePlatform()).text)).toBe(true);
  });

  test('of others are not', () => {
    expect(['', 'a: b\n', '# Written by hand\n'].some(isGenerated)).toBe(false);
  });

  test.each(['unbuilt', 'retired'])('keep the folder of a tool that runs nothing: %s', (shape) => {
    const files = renderTool(SHAPES[shape] as ResolvedTool);
    expect(files.map(({ path, objects }) => [path, objects.length])).toEqual([
      ['manifests-out/platform/shard-0/hello.yaml', 8],
      ['manifests-out/tools/hello/.gitkeep', 0],
    ]);
  });

  test('may be of a component that has the name of a method', () => {
    const files = renderTool(someTool('hello', { components: [someComponent('constructor')] }));
    expect(files.map(({ path }) => path)).toContain('manifests-out/tools/hello/constructor.yaml');
  });
});

describe('what keeps a tool', () => {
  const optionsOf = (shape: ResolvedTool) =>
    (renderTool(shape)[0] as RenderedFile).objects.map(
      ({ metadata }) =>
        (metadata.annotations as Record<string, string> | undefined)?.['argocd.argoproj.io/sync-options'],
    );

  test('is on every platform object, and on none once it is retired', () => {
    expect(new Set(optionsOf(tool()))).toEqual(new Set(['Prune=false,Delete=false']));
    expect(new Set(optionsOf(someTool('hello', { retired: true })))).toEqual(new Set([undefined]));
  });

  test('lets the last workload of a retired tool go', () => {
    const [platform] = renderTool(someTool('hello', { retired: true })) as [RenderedFile];
    expect(platform.text).toContain('allowEmpty: true');
    expect((renderTool(tool())[0] as RenderedFile).text).not.toContain('allowEmpty');
  });
});

describe('a credential in an address', () => {
  test('is in no file', () => {
    const platform = somePlatform({
      configRepo: {
        url: 'gitea+https://bot:s3cret@gitea.example.org/toolforge/config',
        branch: 'main',
        webUrl: 'https://bot:s3cret@gitea.example.org/toolforge/config',
      },
    });
    const image = built('1', {
      build: {
        image: 'x',
        source: { repository: 'https://u:s3cret@git.example.org/a', commit: '1'.repeat(40) },
        build_url: 'https://u:s3cret@ci.example.org/1',
      },
    });
    const components = [someComponent('web', { image, run: web() })];
    const sourceUrl = 'https://u:s3cret@git.example.org/toolforge.yaml';
    const files = [
      ...renderTool(someTool('hello', { platform, components, sourceUrl })),
      renderRoot(platform),
    ];
    expect(files.filter(({ text }) => text.includes('s3cret'))).toEqual([]);
    expect(files.at(-1)?.text).toContain('- https://gitea.example.org/toolforge/config\n');
  });
});

test('a tool’s shard stays the same, whatever other tools there are', () => {
  const platform = somePlatform({ shards: 7 });
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/), (name) => {
      const [path] = renderTool(someTool(name, { platform })).map((file) => file.path);
      expect(path).toMatch(new RegExp(`^manifests-out/platform/shard-[0-6]/${name}.yaml$`));
      expect(renderTool(someTool(name, { platform }))[0]?.path).toBe(path);
    }),
    { numRuns: 20 },
  );
});
