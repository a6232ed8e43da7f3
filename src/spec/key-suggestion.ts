import { isMap, type Json } from '../model/json.ts';
import { nearest } from '../model/nearest.ts';
import type { SpecPath } from './diagnostic.ts';
import { adviceOn } from './foreign-keys.ts';
import type { KeyTree } from './key-tree.ts';
import { quoted } from './words.ts';

/** A level of a format: the way to it (`*` for any name) and its keys. */
interface Level {
  readonly path: readonly string[];
  readonly keys: readonly string[];
}

/** Other words for keys, normalised (see `normal`), as found in jobs files, compose files and manifests. */
const SYNONYMS: Readonly<Record<string, string>> = {
  mem: 'memory',
  'limit memory': 'memory',
  cpus: 'cpu',
  cmd: 'command',
  'command run': 'command',
  entrypoint: 'command',
  cron: 'schedule',
  environment: 'env',
  'env vars': 'env',
  envvars: 'env',
  protocol: 'port_protocol',
  ports: 'port',
  'container port': 'port',
  'check health path': 'health_check_http',
  branch: 'ref',
  tag: 'ref',
  commit: 'ref',
  repo: 'repository',
  git: 'repository',
  url: 'repository',
  reuse: 'reuse_from',
  type: 'component_type',
  kind: 'component_type',
  version: 'config_version',
  log: 'filelog',
  logs: 'filelog',
  stdout: 'filelog_stdout',
  stderr: 'filelog_stderr',
  jobs: 'components',
  services: 'components',
  scale: 'replicas',
  instances: 'replicas',
  mail: 'emails',
  email: 'emails',
};

/** What to do about an unknown key, and where the key that was meant stands. */
export interface KeySuggestion {
  readonly text: string;
  readonly meant: SpecPath | undefined;
}

/** What a key that a format does not know was probably meant to be, or where it belongs. */
export function suggestKey(
  tree: KeyTree,
  path: SpecPath,
  value: Json | undefined,
): KeySuggestion | undefined {
  const name = String(path.at(-1));
  const parents = path.slice(0, -1);
  const way = wayOf(tree, parents);
  const all = levels(tree, []);
  const here = all.find((level) => level.path.join('/') === way.join('/'));
  const others = all.filter((level) => level !== here);
  const advice = here && adviceOn(name, here.keys);
  if (advice !== undefined) return { text: advice, meant: undefined };
  const same = here && sameKey(name, here.keys);
  if (same !== undefined) return didYouMean(same, parents);
  const moved = movedKey(name, others, way, parents) ?? movedEntry(path, value, all);
  if (moved !== undefined) return moved;
  const near = here && nearest(name, here.keys);
  return near === undefined ? undefined : didYouMean(near, parents);
}

function didYouMean(key: string, parents: SpecPath): KeySuggestion {
  return { text: `did you mean \`${key}\`?`, meant: [...parents, key] };
}

/** A key that other levels know. */
function movedKey(
  name: string,
  others: readonly Level[],
  way: readonly string[],
  parents: SpecPath,
): KeySuggestion | undefined {
  for (const level of others) {
    const moved = level.keys.includes(name) ? name : sameKey(name, level.keys);
    if (moved === undefined) continue;
    const place = placeIn(level.path, parents);
    return { text: `\`${moved}\` belongs ${placeOf(level, way)}`, meant: place && [...place, moved] };
  }
  return undefined;
}

/** A whole component outside of `components`, or inside of another one. */
function movedEntry(
  path: SpecPath,
  value: Json | undefined,
  all: readonly Level[],
): KeySuggestion | undefined {
  const entry = all.find((level) => level.path.at(-1) === '*' && isEntry(value, level.keys));
  if (entry === undefined) return undefined;
  const depth = entry.path.length - 1;
  const place = placeIn(entry.path.slice(0, depth), path.slice(0, -1));
  const name = String(path.at(-1));
  const where =
    path.length > depth + 1
      ? `beside ${quoted(String(path[depth]))}, not in it`
      : `under \`${entry.path.at(-2)}\``;
  return { text: `${quoted(name)} belongs ${where}`, meant: place && [...place, name] };
}

/** A named entry of a map that stands in the wrong place: nothing but keys of such an entry. */
function isEntry(value: Json | undefined, keys: readonly string[]): boolean {
  if (!isMap(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => keys.includes(name));
}

/** A level's place in the file: names of a map's own choosing are those on the way to the unknown key. */
function placeIn(level: readonly string[], path: SpecPath): SpecPath | undefined {
  const place = level.map((step, index) => (step === '*' ? path[index] : step));
  return place.includes(undefined) ? undefined : (place as SpecPath);
}

function sameKey(name: string, keys: readonly string[]): string | undefined {
  const wanted = normal(name);
  const synonym = Object.hasOwn(SYNONYMS, wanted) ? SYNONYMS[wanted] : undefined;
  return keys.find((key) => key !== name && (normal(key) === wanted || key === synonym));
}

/** Words in lower case and in order, whatever stands between them: `HTTP-health_check` is `check health http`. */
function normal(name: string): string {
  const words = name
    .slice(0, 100)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[-_.\s]+/);
  return words.sort().join(' ').trim();
}

function placeOf({ path }: Level, way: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'at the top of the file';
  if (last !== '*') return `under \`${last}\``;
  const inside = path.length < way.length && path.every((step, index) => way[index] === step);
  return inside
    ? `one level up, beside \`${way.at(path.length)}\``
    : `under each of \`${path.at(-2) ?? ''}\``;
}

/** The way through the format's levels: names of a map's own choosing become `*`. */
function wayOf(tree: KeyTree, path: SpecPath): readonly string[] {
  const way: string[] = [];
  let at: KeyTree | undefined = tree;
  for (const step of path) {
    way.push(at?.kind === 'object' ? String(step) : '*');
    if (at?.kind === 'object') at = at.keys.get(String(step));
    else at = at?.kind === 'leaf' ? undefined : at?.each;
  }
  return way;
}

function levels(tree: KeyTree | undefined, path: readonly string[]): readonly Level[] {
  if (tree === undefined || tree.kind === 'leaf') return [];
  if (tree.kind !== 'object') return levels(tree.each, [...path, '*']);
  const below = [...tree.keys].flatMap(([key, child]) => levels(child, [...path, key]));
  return [{ path, keys: [...tree.keys.keys()] }, ...below];
}
