import { GitopsError } from '../../errors.ts';
import type { Change, FileChange, Identity } from '../../model/change.ts';
import { messageWithId } from '../../model/change-id.ts';
import { isRepoPath } from '../../model/repo-path.ts';
import type { CommitId, CommitOptions } from '../../ports/config-repo.ts';
import type { ObjectStore } from './object-store.ts';
import { NewObjects } from './pack.ts';
import {
  FILE,
  FOLDER,
  findEntries,
  fromBytes,
  isFile,
  replaceEntries,
  type TreeEntry,
  toBytes,
} from './tree-object.ts';

/** A commit and the root tree that it has. */
export interface CommitTree {
  readonly commit: CommitId;
  readonly tree: string;
}

/** A commit not yet in any repo, with all objects that it adds. */
export interface NewCommit extends CommitTree {
  readonly objects: NewObjects;
}

/** What changes in a folder, by names as bytes. */
interface FolderEdit {
  readonly files: Map<string, string | undefined>;
  readonly folders: Map<string, FolderEdit>;
}

/** Builds the commit of a change on a base; reads only the folders on the way to what changes. */
export async function newCommit(
  base: CommitTree,
  change: Change,
  options: CommitOptions,
  { store, oidBytes }: { readonly store: ObjectStore; readonly oidBytes: number },
): Promise<NewCommit> {
  const edit = groupByFolder(change.files);
  const trees = await loadFolders(store, base.tree, edit, oidBytes);
  const objects = new NewObjects(oidBytes);
  const written = writeFolder({ edit, oid: base.tree, path: '' }, { trees, objects, oidBytes });
  const tree = written ?? objects.add('tree', Buffer.alloc(0));
  const text = [
    `tree ${tree}`,
    `parent ${base.commit}`,
    `author ${identity(options.author, options.date)}`,
    `committer ${identity(options.committer, options.date)}`,
    '',
    messageWithId(change.message, options.changeId),
  ].join('\n');
  const commit = objects.add('commit', Buffer.from(text, 'utf8')) as CommitId;
  return { commit, tree, objects };
}

function groupByFolder(files: readonly FileChange[]): FolderEdit {
  const root: FolderEdit = { files: new Map(), folders: new Map() };
  for (const { path, text } of files) {
    if (!isRepoPath(path)) throw refused(`may not write to ${JSON.stringify(path.slice(0, 200))}`);
    const names = path.split('/').map(toBytes);
    let folder = root;
    for (const name of names.slice(0, -1)) {
      const below = folder.folders.get(name) ?? { files: new Map(), folders: new Map() };
      folder.folders.set(name, below);
      folder = below;
    }
    folder.files.set(names.at(-1) as string, text);
  }
  return root;
}

/** The trees on the way to what changes, by id; a level at a time. */
async function loadFolders(
  store: ObjectStore,
  root: string,
  edit: FolderEdit,
  oidBytes: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const trees = new Map<string, Buffer>();
  let level: { readonly oid: string; readonly edit: FolderEdit }[] = [{ oid: root, edit }];
  while (level.length > 0) {
    const loaded = await store.load(level.map(({ oid }) => oid));
    const next: typeof level = [];
    for (const place of level) {
      const data = loaded.get(place.oid) as Buffer;
      trees.set(place.oid, data);
      const { folders } = place.edit;
      for (const { mode, name, oid } of findEntries(data, new Set(folders.keys()), oidBytes).values()) {
        if (mode === FOLDER) next.push({ oid, edit: folders.get(name) as FolderEdit });
      }
    }
    level = next;
  }
  return trees;
}

interface WriteContext {
  readonly trees: ReadonlyMap<string, Buffer>;
  readonly objects: NewObjects;
  readonly oidBytes: number;
}

interface FolderPlace {
  readonly edit: FolderEdit;
  /** The folder as it was; `undefined`: new. */
  readonly oid: string | undefined;
  /** For messages. */
  readonly path: string;
}

/** The id of the changed folder's tree; `undefined` when nothing is left in it. */
function writeFolder({ edit, oid, path }: FolderPlace, context: WriteContext): string | undefined {
  const { trees, objects, oidBytes } = context;
  const old = (oid === undefined ? undefined : trees.get(oid)) ?? Buffer.alloc(0);
  const names = new Set([...edit.files.keys(), ...edit.folders.keys()]);
  const entries = new Map<string, TreeEntry | undefined>(findEntries(old, names, oidBytes));
  for (const [name, below] of edit.folders) {
    const place = { edit: below, path: `${path}${fromBytes(name)}`, replaces: edit.files.has(name) };
    entries.set(name, folderEntry(name, place, entries.get(name), context));
  }
  for (const [name, text] of edit.files) {
    const was = entries.get(name);
    if (was?.mode !== FOLDER) entries.set(name, fileEntry(name, text, was, objects));
    else if (text !== undefined) throw refused(`${path}${fromBytes(name)} is a folder: no file goes there`);
  }
  const data = replaceEntries(old, entries, oidBytes);
  return data.length === 0 ? undefined : objects.add('tree', data);
}

interface BelowPlace {
  readonly edit: FolderEdit;
  readonly path: string;
  /** The same change says what becomes of a file in its place. */
  readonly replaces: boolean;
}

function folderEntry(
  name: string,
  { edit, path, replaces }: BelowPlace,
  was: TreeEntry | undefined,
  context: WriteContext,
): TreeEntry | undefined {
  const folder = was?.mode === FOLDER ? was.oid : undefined;
  const tree = writeFolder({ edit, oid: folder, path: `${path}/` }, context);
  if (tree === undefined) return folder === undefined ? was : undefined;
  if (was !== undefined && folder === undefined && !replaces) {
    throw refused(`${path} is a file: nothing goes below it`);
  }
  return { mode: FOLDER, name, oid: tree };
}

/** An executable file stays one. */
function fileEntry(
  name: string,
  text: string | undefined,
  was: TreeEntry | undefined,
  objects: NewObjects,
): TreeEntry | undefined {
  if (text === undefined) return undefined;
  const mode = was !== undefined && isFile(was) ? was.mode : FILE;
  return { mode, name, oid: objects.add('blob', Buffer.from(text, 'utf8')) };
}

/** Git's own form; what would end the name early is left out, as git does. */
function identity({ name, email }: Identity, date: string): string {
  const clean = (text: string) => text.replaceAll(/[\p{Cc}<>]/gu, '').trim();
  return `${clean(name) || 'unknown'} <${clean(email)}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}

function refused(what: string): GitopsError {
  return new GitopsError('refused', what, {
    hint: 'paths are relative to the config repo, with "/", without "..", and outside .git',
  });
}
