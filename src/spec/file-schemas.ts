import type { z } from 'zod';
import { imagesSchema } from './images-schema.ts';
import { platformSchema } from './platform-schema.ts';
import { tenantSchema } from './tenant-schema.ts';
import { tokensSchema } from './tokens-schema.ts';
import { toolforgeSchema } from './toolforge-schema.ts';

/** The formats that people meet, by the names that `schema` takes. */
export const FILE_SCHEMAS = {
  toolforge: toolforgeSchema,
  tenant: tenantSchema,
  images: imagesSchema,
  platform: platformSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;

export type SchemaName = keyof typeof FILE_SCHEMAS;
export const SCHEMA_NAMES = Object.keys(FILE_SCHEMAS) as readonly SchemaName[];

const BY_FILE: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ...Object.entries(FILE_SCHEMAS),
  ['tokens', tokensSchema],
]);

/** The format of a file by its name; a spec may be called anything. */
export function schemaOfFile(path: string): z.ZodType {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
  return BY_FILE.get(name) ?? toolforgeSchema;
}
