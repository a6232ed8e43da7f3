import type { Json } from '../../src/model/json.ts';
import type { Manifest, RenderedFile } from '../../src/model/manifest.ts';

/** A copy of the files in which one field of the first object of a kind is another; `undefined` removes it. */
export function mutate(
  files: readonly RenderedFile[],
  kind: string,
  field: string,
  value: Json | undefined,
): readonly RenderedFile[] {
  // By way of text: a clone would keep parts that are the same in several objects the same.
  const copies: readonly RenderedFile[] = JSON.parse(JSON.stringify(files));
  const object = copies.flatMap(({ objects }) => objects).find((found) => found.kind === kind);
  if (object === undefined) throw new Error(`no ${kind} in the files`);
  set(object, steps(field), value);
  return copies;
}

/** `a.b[0]["c.d"]` as its keys. */
function steps(field: string): readonly string[] {
  return [...field.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => (quoted ?? index ?? name) as string,
  );
}

function set(object: Manifest, keys: readonly string[], value: Json | undefined): void {
  let at = object as unknown as Record<string, unknown>;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    at[key] ??= /^\d+$/.test(keys[index + 1] as string) ? [] : {};
    at = at[key] as Record<string, unknown>;
  }
  const last = keys.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
}
