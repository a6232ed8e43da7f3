import { OUTPUT_DIR } from '../model/layout.ts';
import type { Files } from '../ports/files.ts';

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
    async write(changes) {
      await output.write(changes.map(({ path, text }) => ({ path: inside(path) ?? path, text })));
    },
  };
}
