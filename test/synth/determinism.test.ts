import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResolvedTool } from '../../src/model/resolved-tool.ts';
import { renderTool } from '../../src/synth/render-tool.ts';
import { goldenFiles } from '../support/golden.ts';
import { SHAPES } from '../support/tool-shapes.ts';

const folder = mkdtempSync(join(tmpdir(), 'tfg-determinism-'));
const program = join(folder, 'print.cjs');

describe('the same bytes in another environment', () => {
  beforeAll(async () => {
    const entryPoints = ['test/support/print-golden.ts'];
    await build({ entryPoints, outfile: program, bundle: true, platform: 'node', logLevel: 'error' });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    { TZ: 'Asia/Kathmandu' },
    { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { LC_ALL: 'C' },
    { CDK8S_DISABLE_SORT: '1', CDK8S_OUTDIR: 'elsewhere', CDK8S_RECORD_CONSTRUCT_METADATA: 'true' },
    { HOME: '/nonexistent', USER: 'nobody', NODE_ENV: 'production' },
  ])('%o', (env) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' } as const;
    const printed = execFileSync(process.execPath, [program], options);
    expect(new Map(JSON.parse(printed))).toEqual(goldenFiles());
  });
});

/** The tool with its components, and the keys of every map in it, in another order. */
function shuffled(tool: ResolvedTool, seed: number): ResolvedTool {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const mix = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(mix(Object.entries(value)).map(([key, inner]) => [key, copy(inner)]));
  };
  return {
    ...(copy(tool) as ResolvedTool),
    components: mix(tool.components).map(copy) as ResolvedTool['components'],
  };
}

describe('the same bytes for another order of input', () => {
  test.each(Object.entries(SHAPES))('%s', (_, tool) => {
    const expected = renderTool(tool);
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(renderTool(shuffled(tool, seed))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
