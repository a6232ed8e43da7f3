import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/** What the files of a folder may import: folders of ours, then packages. Everybody may import errors.ts and `node:`. */
const MAY_IMPORT: Readonly<Record<string, { ours: readonly string[]; packages: readonly string[] }>> = {
  'src/model': { ours: [], packages: [] },
  'src/spec': { ours: ['src/model'], packages: ['zod', 'yaml'] },
  constructs: { ours: ['src/model'], packages: ['cdk8s', 'cdk8s-plus-27', 'constructs'] },
  'src/synth': { ours: ['src/model', 'constructs'], packages: ['cdk8s', 'constructs'] },
  'src/policy': { ours: ['src/model'], packages: [] },
  'src/change': { ours: ['src/model'], packages: [] },
  'src/ports': { ours: ['src/model'], packages: [] },
  'src/app': {
    ours: ['src/model', 'src/spec', 'constructs', 'src/synth', 'src/policy', 'src/change', 'src/ports'],
    packages: ['yaml', 'zod', 'smol-toml'],
  },
  'src/adapters': {
    ours: ['src/model', 'src/ports'],
    packages: ['gitea-js', 'p-retry', 'zod', 'pino', 'prom-client'],
  },
  'src/cli': {
    ours: ['src/app', 'src/model', 'src/ports', 'src/spec', 'src/change', 'src/http'],
    packages: ['commander'],
  },
  'src/http': {
    ours: ['src/app', 'src/model', 'src/ports', 'src/spec', 'src/change', 'constructs'],
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi', 'zod', 'pino', 'prom-client'],
  },
};

/** Only the entry files wire everything, and only they touch the process. */
const ENTRIES = ['src/main.ts', 'src/synth-thread.ts'];

interface Import {
  readonly from: string;
  readonly target: string;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const FILES = [...sourceFiles('src'), ...sourceFiles('constructs')];
const ALL_FILES = [...FILES, ...['test', 'bench', 'scripts'].flatMap(sourceFiles)];

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s[^;]*?from\s+'([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gms,
  );
  return [...found].map((match) => ({ from: file, target: match[1] ?? match[2] ?? match[3] ?? '' }));
}

function folderOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT).find((folder) => file.startsWith(`${folder}/`));
}

/** The file or package that an import leads to. */
function resolved({ from, target }: Import): string {
  return target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), target)) : target;
}

function isAllowed(imported: Import): boolean {
  const { from, target } = imported;
  const own = folderOf(from);
  if (own === undefined || target.startsWith('node:')) return true;
  const to = resolved(imported);
  if (to === 'src/errors.ts') return true;
  const allowed = MAY_IMPORT[own] ?? { ours: [], packages: [] };
  if (target.startsWith('.')) return [own, ...allowed.ours].includes(folderOf(to) ?? '');
  return allowed.packages.some((name) => target === name || target.startsWith(`${name}/`));
}

describe('imports', () => {
  const all = FILES.filter((file) => !ENTRIES.includes(file)).flatMap(importsOf);

  test('point one way', () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((one) => !isAllowed(one))).toEqual([]);
  });

  test('form no cycle', () => {
    const graph = new Map(FILES.map((file) => [file, importsOf(file).map(resolved)]));
    expect(FILES.filter((file) => reaches(graph, file, file))).toEqual([]);
  });
});

function reaches(graph: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [...(graph.get(from) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return false;
}

describe('the house', () => {
  test('only the entry file and adapters touch the process or the console', () => {
    const offenders = FILES.filter(
      (file) => !ENTRIES.includes(file) && !file.startsWith('src/adapters/'),
    ).filter((file) =>
      /\bprocess\.[a-z]|\bconsole\.[a-z]/.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))),
    );
    expect(offenders).toEqual([]);
  });

  test('no file is longer than 300 lines', () => {
    const long = ALL_FILES.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  test('names are kebab-case', () => {
    expect(ALL_FILES.filter((file) => !/^[a-z0-9/-]+(\.[a-z+-]+)*\.(ts|mjs)$/.test(file))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
