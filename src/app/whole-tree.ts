import { CONFIG_DIR, OUTPUT_DIR } from '../model/layout.ts';
import type { Tree } from './tree.ts';

/**
 * All of a config repo's specs and output, read in two requests where tool by tool would be thousands: for a remote, when
 * the whole fleet is looked at anyway.
 */
export async function wholeTree(tree: Tree): Promise<Tree> {
  const paths = [...(await tree.listAll(CONFIG_DIR)), ...(await tree.listAll(OUTPUT_DIR))];
  const texts = await tree.read(paths);
  const files = new Map(paths.map((path, index) => [path, texts[index]]));
  const folders = foldersOf(paths);
  return {
    read: async (wanted) => wanted.map((path) => files.get(path)),
    list: async (folder) => [...(folders.get(folder) ?? [])].sort(),
    listAll: async (folder) => paths.filter((path) => path.startsWith(`${folder}/`)).sort(),
  };
}

/** The names in each folder; a folder's end in `/`. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    let name = '';
    for (let end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      const entry = name === '' ? path.slice(end + 1) : name;
      folders.set(folder, (folders.get(folder) ?? new Set()).add(entry));
      name = `${folder.slice(folder.lastIndexOf('/') + 1)}/`;
    }
  }
  return folders;
}
