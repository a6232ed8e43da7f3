import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSynth } from '../../src/app/synth.ts';
import type { Tree } from '../../src/app/tree.ts';
import { renderText } from '../../src/cli/diagnostics-text.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { BROKEN, configFiles, imagesYaml, platformYaml, someSpec, WEB } from '../support/specs.ts';

const FILES: Readonly<Record<string, string>> = {
  ...configFiles(
    { one: WEB, two: someSpec({ component: 'bot' }), three: WEB, four: WEB, bad: BROKEN, worse: 'a: [' },
    platformYaml('shards: 3\n'),
  ),
  'tools-config/one/images.yaml': imagesYaml('one', ['web']),
  'tools-config/two/images.yaml': imagesYaml('two', ['bot']),
  'tools-config/four/tenant.yaml': 'uid: 52000\n',
  'tools-config/three/tenant.yaml': 'uid: 52000\n',
};

/** A repo whose folders are listed in an order that is made up anew each time. */
async function unsorted(files: readonly (readonly [string, string])[], seed: number): Promise<Tree> {
  const head = await memoryConfigRepo(Object.fromEntries(files)).head();
  let state = seed;
  const shuffle = (names: readonly string[]) =>
    names
      .map((name) => {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        return [state, name] as const;
      })
      .sort(([a], [b]) => a - b)
      .map(([, name]) => name);
  return {
    read: (paths) => head.read(paths),
    list: async (folder) => shuffle(await head.list(folder)),
    listAll: async (folder) => shuffle(await head.listAll(folder)),
  };
}

async function outcome(tree: Tree) {
  const { diagnostics, sources, tools, plan } = await planSynth(tree, { tools: [], keepGoing: true });
  return {
    texts: (plan?.fresh ?? []).map(({ path, text }) => `${path}\n${text}`).sort(),
    findings: renderText({ diagnostics, sources, tools }, { colour: false }),
  };
}

describe('the order in which a folder lists its files', () => {
  test('changes neither output nor findings', async () => {
    const expected = await outcome(await memoryConfigRepo(FILES).head());
    expect(expected.findings).toContain('TFG402');
    expect(expected.texts.length).toBeGreaterThan(4);
    const orders = fc.shuffledSubarray(Object.entries(FILES), { minLength: Object.keys(FILES).length });
    await fc.assert(
      fc.asyncProperty(orders, fc.nat(), async (files, seed) => {
        expect(await outcome(await unsorted(files, seed))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
