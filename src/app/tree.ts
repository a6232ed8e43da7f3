import type { Snapshot } from '../ports/config-repo.ts';
import type { Files } from '../ports/files.ts';

/** What use cases read: a folder on disk or the config repo at a commit. */
export type Tree = Pick<Snapshot, 'read' | 'list' | 'listAll'>;

export function treeOfFiles(files: Files): Tree {
  return {
    async read(paths) {
      const texts: (string | undefined)[] = [];
      for (const path of paths) texts.push(await files.read(path));
      return texts;
    },
    list: (folder) => files.list(folder),
    listAll: (folder) => files.listAll(folder),
  };
}

export async function readOne(tree: Tree, path: string): Promise<string | undefined> {
  const [text] = await tree.read([path]);
  return text;
}
