import * as z from 'zod';
import { COMPONENT_NAME_MAX, SUBDOMAIN } from '../model/names.ts';
import { FILE_SCHEMAS, type SchemaName } from './file-schemas.ts';
import { parseYaml } from './parse-yaml.ts';

/** A JSON Schema or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
  /** Ours, of `FieldDoc`; editors get them as part of the description. */
  readonly otherwise?: string;
  readonly rule?: string;
  readonly example?: string;
}

/** A format as zod describes it, our own words still apart. */
export function describedSchema(name: SchemaName): JsonSchema {
  return z.toJSONSchema(FILE_SCHEMAS[name], {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  }) as JsonSchema;
}

/**
 * JSON Schema (draft 7) of a file for editors. It accepts all that the validator accepts; what a pattern cannot say, the
 * validator alone says. Unknown keys are left open, as there.
 */
export function jsonSchemaOf(name: SchemaName): JsonSchema {
  const schema = forEditors(describedSchema(name));
  return name === 'toolforge' ? withNames(schema) : schema;
}

/** Turns our words into what editors show, at every level. */
function forEditors(schema: JsonSchema): JsonSchema {
  const { secret: _, otherwise, rule, example, description, ...rest } = schema;
  const words = [
    description,
    otherwise === undefined ? undefined : `Default: ${otherwise}.`,
    rule === undefined ? undefined : `Rule: ${rule}.`,
  ].filter((part) => part !== undefined);
  const { properties, additionalProperties, items, anyOf } = schema;
  return {
    ...rest,
    ...(words.length > 0 && { description: words.join(' ') }),
    // A shortened example is for people alone.
    ...(example !== undefined && !example.includes('…') && { examples: [exampleValue(example)] }),
    ...(properties !== undefined && { properties: mapValues(properties, forEditors) }),
    ...(additionalProperties !== undefined && { additionalProperties: forEditors(additionalProperties) }),
    ...(items !== undefined && { items: forEditors(items) }),
    ...(anyOf !== undefined && { anyOf: anyOf.map(forEditors) }),
  };
}

/** An example is written as in the file. */
function exampleValue(example: string): unknown {
  return parseYaml({ file: '', text: example }).value ?? example;
}

function mapValues(map: Readonly<Record<string, JsonSchema>>, change: (value: JsonSchema) => JsonSchema) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

const COMPONENT_NAMES = { pattern: SUBDOMAIN.source, maxLength: COMPONENT_NAME_MAX };
const ENV_NAMES = { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' };

/** Names of components and of environment variables are checked apart from zod, so that one bad name hides nothing. */
function withNames(schema: JsonSchema): JsonSchema {
  return named(schema, (key) =>
    key === 'components' ? COMPONENT_NAMES : key === 'env' ? ENV_NAMES : undefined,
  );
}

function named(schema: JsonSchema, namesOf: (key: string) => JsonSchema | undefined, key = ''): JsonSchema {
  const { properties, additionalProperties, anyOf } = schema;
  const propertyNames = namesOf(key);
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, named(value, namesOf, name)]),
      ),
    }),
    ...(additionalProperties && { additionalProperties: named(additionalProperties, namesOf) }),
    ...(anyOf && { anyOf: anyOf.map((each) => named(each, namesOf, key)) }),
    ...(additionalProperties && propertyNames && { propertyNames }),
  };
}
