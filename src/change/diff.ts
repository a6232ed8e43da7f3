import { type Diff, type FieldChange, type FileDiff, WHOLE_OBJECT } from '../model/diff.ts';
import type { Manifest } from '../model/manifest.ts';
import { diffValues } from './diff-values.ts';
import { type Owner, ownerOf } from './owner-of.ts';

/** A file of manifests-out; its objects are asked for only when its text differs. */
export interface DiffFile {
  readonly path: string;
  readonly text: string;
  readonly objects: () => readonly Manifest[];
}

interface DiffOptions {
  /** How many tools there are, when the files are those of some of them. */
  readonly total?: number | undefined;
}

interface Placed {
  readonly owner: Owner;
  readonly object: Manifest;
}

/**
 * Compares two states of manifests-out. Objects are matched within their tool, so one that only moves to another file
 * (a tool's platform objects, to another shard) has changed files and no changed field.
 */
export function diffFiles(
  before: readonly DiffFile[],
  after: readonly DiffFile[],
  { total }: DiffOptions = {},
): Diff {
  const [old, fresh] = [byPath(before), byPath(after)];
  const files = fileDiffs(old, fresh);
  const [oldTools, freshTools] = [toolsOf(before), toolsOf(after)];
  const touched = new Set(files.map(({ path }) => ownerOf(path).tool).filter((tool) => tool !== ''));
  const changed = [...touched].filter((tool) => freshTools.has(tool)).sort();
  const deleted = [...oldTools].filter((tool) => !freshTools.has(tool)).sort();
  return {
    tools: { total: total ?? new Set([...oldTools, ...freshTools]).size, changed, deleted },
    files,
    changes: fieldChanges(placedObjects(files, old), placedObjects(files, fresh)),
  };
}

function fileDiffs(
  before: ReadonlyMap<string, DiffFile>,
  after: ReadonlyMap<string, DiffFile>,
): readonly FileDiff[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): FileDiff[] => {
    const [old, fresh] = [before.get(path), after.get(path)];
    if (old === undefined) return [{ path, change: 'add' }];
    if (fresh === undefined) return [{ path, change: 'delete' }];
    return old.text === fresh.text ? [] : [{ path, change: 'change' }];
  });
}

/** The objects of the files that differ, by tool and identity; a second one of the same identity is told apart. */
function placedObjects(
  differing: readonly FileDiff[],
  files: ReadonlyMap<string, DiffFile>,
): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const { path } of differing) {
    const owner = ownerOf(path);
    for (const object of files.get(path)?.objects() ?? []) {
      let key = JSON.stringify([
        owner.tool,
        object.kind,
        groupOf(object),
        object.metadata.namespace,
        object.metadata.name,
      ]);
      while (placed.has(key)) key += '+';
      placed.set(key, { owner, object });
    }
  }
  return placed;
}

function fieldChanges(
  before: ReadonlyMap<string, Placed>,
  after: ReadonlyMap<string, Placed>,
): readonly FieldChange[] {
  const changes: FieldChange[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, fresh] = [before.get(key), after.get(key)];
    const { owner, object } = (fresh ?? old) as Placed;
    const of = { ...owner, kind: object.kind, name: object.metadata.name };
    if (old === undefined) changes.push({ ...of, field: '', from: undefined, to: WHOLE_OBJECT });
    else if (fresh === undefined) changes.push({ ...of, field: '', from: WHOLE_OBJECT, to: undefined });
    else changes.push(...diffValues(old.object, fresh.object).map((change) => ({ ...of, ...change })));
  }
  return changes.sort(byPlace);
}

/** Stable, so the fields of one object keep their order. */
function byPlace(a: FieldChange, b: FieldChange): number {
  for (const key of ['tool', 'component', 'kind', 'name'] as const) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}

/** Objects of another version of the same API are the same objects. */
function groupOf({ apiVersion }: Manifest): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : '';
}

function byPath(files: readonly DiffFile[]): ReadonlyMap<string, DiffFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function toolsOf(files: readonly DiffFile[]): ReadonlySet<string> {
  return new Set(files.map(({ path }) => ownerOf(path).tool).filter((tool) => tool !== ''));
}
