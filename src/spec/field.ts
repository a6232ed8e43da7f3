import * as z from 'zod';

/** Keywords of JSON Schema, for editors and the reference page. */
export type JsonKeywords = Readonly<Record<string, unknown>>;

/** What is wrong with a value, in words that follow its name: "`port` must be …". */
export class Mistake {
  readonly code: string;
  readonly message: string;
  readonly suggestion: string | undefined;

  constructor(code: string, message: string, suggestion?: string) {
    this.code = code;
    this.message = message;
    this.suggestion = suggestion;
  }
}

/** One kind of value: how it is read from YAML and how it is described. */
export interface Reader<T> {
  readonly json: JsonKeywords;
  /** Never called with null or undefined. */
  read(value: unknown): T | Mistake;
}

export interface FieldDoc {
  readonly description: string;
  /** As written in the file, for the reference page. */
  readonly example?: string;
  /** What holds when it is left out, in words or as written. */
  readonly otherwise?: string;
  /** What is checked beyond the type. */
  readonly rule?: string;
}

/** A field that must be there. */
export function required<T>(reader: Reader<T>, doc: FieldDoc) {
  return z
    .unknown()
    .transform((value, context): T => {
      if (value === undefined) return fail(context, new Mistake('TFG101', 'is missing'));
      if (value === null) return fail(context, new Mistake('TFG101', 'is empty'));
      const result = reader.read(value);
      return result instanceof Mistake ? fail(context, result) : result;
    })
    .meta({ ...reader.json, ...doc });
}

/** A field that may be left out or null, which are the same. */
export function optional<T>(reader: Reader<T>, doc: FieldDoc) {
  const { default: fallback, ...json } = reader.json;
  // Optional on the outside: a key that is absent, as most are, costs nothing then.
  return z
    .unknown()
    .transform((value, context): T | undefined => {
      if (value === null) return undefined;
      const result = reader.read(value);
      return result instanceof Mistake ? fail(context, result) : result;
    })
    .optional()
    .meta({ anyOf: [json, { type: 'null' }], ...(fallback !== undefined && { default: fallback }), ...doc });
}

type Context = z.core.$RefinementCtx<unknown>;

function fail(context: Context, { code, message, suggestion }: Mistake): never {
  context.addIssue({ code: 'custom', message, params: { code, suggestion, named: true } });
  return z.NEVER;
}
