import { OUTPUT_DIR } from '../model/layout.ts';
import type { Files, Stage } from '../ports/files.ts';

/** The files of a config repo with its manifests-out/ in another folder. */
export function withOutputIn(files: Files, output: Files): Files {
  const inside = (path: string): string | undefined => {
    if (path === OUTPUT_DIR) return '';
    return path.startsWith(`${OUTPUT_DIR}/`) ? path.slice(OUTPUT_DIR.length + 1) : undefined;
  };
  const place = (path: string): [Files, string] => {
    const rest = inside(path);
    return rest === undefined ? [files, path] : [output, rest];
  };
  const call = <T>(path: string, act: (files: Files, path: string) => T): T => act(...place(path));
  return {
    root: files.root,
    kind: (path) => call(path, (where, rest) => where.kind(rest)),
    read: (path) => call(path, (where, rest) => where.read(rest)),
    list: (path) => call(path, (where, rest) => where.list(rest)),
    async listAll(path) {
      const found = await call(path, (where, rest) => where.listAll(rest));
      return inside(path) === undefined ? found : found.map((name) => `${OUTPUT_DIR}/${name}`);
    },
    stage: (id) => stageWith(output.stage(id), (path) => inside(path) ?? path),
  };
}

function stageWith(stage: Stage, place: (path: string) => string): Stage {
  return {
    id: stage.id,
    add: (files) => stage.add(files.map(({ path, text }) => ({ path: place(path), text }))),
    drop: (paths) => stage.drop(paths.map(place)),
    commit: ({ writes, deletes }) => stage.commit({ writes: writes.map(place), deletes: deletes.map(place) }),
    discard: () => stage.discard(),
  };
}
