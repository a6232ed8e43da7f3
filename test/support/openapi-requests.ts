import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { tokenOf } from './fleet-files.ts';
import { GITEA_SECRET, HARBOR_SECRET } from './service-rig.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface SentRequest {
  /** As in the document. */
  readonly path: string;
  readonly method: string;
  readonly describe: string;
  request(): Request;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}
interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}
interface Known {
  /** Tools that are there and that are not. */
  readonly tools: readonly string[];
  /** Values that mean something to the service. */
  readonly texts: readonly string[];
}

/** Requests as an OpenAPI document describes them, and some that are not quite as it does. */
export function requestsOf(document: Document, known: Known): fc.Arbitrary<SentRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  return fc
    .constantFrom(...operations)
    .chain(({ path, method, operation }) =>
      fc.record({
        path: fc.constant(path),
        method: fc.constant(method),
        tool: fc.oneof({ weight: 3, arbitrary: fc.constant('hello') }, fc.constantFrom(...known.tools)),
        query: queryOf(operation),
        body: bodyOf(operation, document, known),
        isAuthorized: fc.integer({ min: 0, max: 4 }).map((one) => one > 0),
      }),
    )
    .map(({ path, method, tool, query, body, isAuthorized }) => {
      const url = `http://service.test${path.replace('{tool}', tool)}${query}`;
      const headers = isAuthorized ? authorization(path, body.text) : {};
      const init = { method: method.toUpperCase(), headers: { ...headers, 'content-type': body.type } };
      return {
        path,
        method,
        describe: `${method} ${url} ${body.type} ${body.text}`,
        request: () => new Request(url, { ...init, ...(method === 'post' && { body: body.text }) }),
      };
    });
}

function authorization(path: string, body: string): Record<string, string> {
  if (path.includes('{tool}')) return { authorization: `Bearer ${tokenOf('hello').token}` };
  if (path.endsWith('/harbor')) return { authorization: HARBOR_SECRET };
  const signature = createHmac('sha256', GITEA_SECRET).update(body).digest('hex');
  return path.endsWith('/gitea') ? { 'x-gitea-signature': signature, 'x-gitea-event': 'push' } : {};
}

function queryOf({ parameters }: Operation): fc.Arbitrary<string> {
  const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  if (names.length === 0) return fc.constant('');
  const value = fc.oneof(fc.integer({ min: -5, max: 300 }).map(String), fc.string({ maxLength: 5 }));
  return fc
    .record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] })
    .map((query) => `?${new URLSearchParams(query as Record<string, string>)}`);
}

interface Body {
  readonly type: string;
  readonly text: string;
}

function bodyOf({ requestBody }: Operation, document: Document, known: Known): fc.Arbitrary<Body> {
  const [entry] = Object.entries(requestBody?.content ?? {});
  if (entry === undefined) return fc.constant({ type: 'application/json', text: '' });
  const [type, { schema }] = entry;
  const value = anyValue(schema, document, known);
  const text = type === 'application/json' ? value.map((one) => JSON.stringify(one)) : value.map(String);
  return fc.oneof(
    { weight: 8, arbitrary: text.map((one) => ({ type, text: one })) },
    fc.json({ maxDepth: 3 }).map((one) => ({ type, text: one })),
    fc.string({ maxLength: 40 }).map((one) => ({ type, text: one })),
    text.map((one) => ({ type: 'text/html', text: one })),
  );
}

/** Mostly what the schema wants, now and then anything. */
function anyValue(schema: Json, document: Document, known: Known): fc.Arbitrary<unknown> {
  const right = rightValue(schema, document, known);
  return fc.oneof({ weight: 12, arbitrary: right }, fc.anything({ maxDepth: 1 }).map(plain));
}

function rightValue(schema: Json, document: Document, known: Known): fc.Arbitrary<unknown> {
  const inner = (one: unknown) => anyValue(one as Json, document, known);
  if (typeof schema.$ref === 'string') {
    return inner(document.components.schemas[schema.$ref.split('/').at(-1) as string]);
  }
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.type === 'object') return objectOf(schema, inner, known);
  if (schema.type === 'array') return fc.array(inner(schema.items), { maxLength: 3 });
  if (schema.type === 'integer') return fc.integer();
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known.texts) }, fc.string({ unit: 'grapheme' }));
}

function objectOf(
  { properties, required, additionalProperties }: Json,
  inner: (schema: unknown) => fc.Arbitrary<unknown>,
  known: Known,
): fc.Arbitrary<unknown> {
  if (properties === undefined && typeof additionalProperties === 'object') {
    const key = fc.oneof({ weight: 5, arbitrary: fc.constant('web') }, fc.constantFrom(...known.texts));
    return fc.dictionary(key, inner(additionalProperties), { minKeys: 0, maxKeys: 2 });
  }
  const model = Object.fromEntries(Object.entries(properties ?? {}).map(([key, one]) => [key, inner(one)]));
  return fc.record(model, { requiredKeys: (required ?? []) as string[] });
}

/** What JSON can hold. */
function plain(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return null;
  }
}
