import type { z } from 'zod';
import { toolforgeSchema } from './toolforge-schema.ts';

/** The formats that people write, by the name that `schema` takes. */
export const FILE_SCHEMAS = { toolforge: toolforgeSchema } as const satisfies Readonly<
  Record<string, z.ZodType>
>;

/** The format of a file by its name; a spec may be called anything. */
export function schemaOfFile(path: string): z.ZodType {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  const schemas: Readonly<Record<string, z.ZodType>> = FILE_SCHEMAS;
  return (Object.hasOwn(schemas, name) ? schemas[name] : undefined) ?? toolforgeSchema;
}
