import * as z from 'zod';
import { PROBLEMS } from './problem.ts';
import type { Route } from './route.ts';
import { problemAnswer } from './schemas.ts';

type Json = Record<string, unknown>;

/** Problems that any route may answer. */
const COMMON_PROBLEMS = [400, 404, 429, 500, 503, 504];

/** The OpenAPI 3.1 document of the routes. */
export function openApi(routes: readonly Route[], version: string): Json {
  const schemas = new Map<string, Json>();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'toolforge-gitops',
      version,
      description:
        'Deploys tools by commits to a config repo. Whatever is answered with 502, 503 or 504, or not at all, may be sent again.',
    },
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: SECURITY,
    },
  };
}

const SECURITY: Json = {
  deployToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'Deploy token of the tool: `toolforge-gitops token create TOOL`.',
  },
  giteaSignature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Gitea-Signature',
    description: 'Hex HMAC-SHA256 of the body.',
  },
  harborAuthorization: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'As set in Harbor’s webhook.',
  },
};

function operation(route: Route, schemas: Map<string, Json>): Json {
  const { operationId, summary, description, security, body } = route;
  const content = Object.entries(body?.content ?? {}).map(
    ([type, schema]) => [type, { schema: toSchema(schema, schemas, 'input') }] as const,
  );
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    security: security === 'none' ? [] : [{ [security]: [] }],
    parameters: parameters(route, schemas),
    ...(body !== undefined && { requestBody: { required: true, content: Object.fromEntries(content) } }),
    responses: responses(route, schemas),
  };
}

function parameters({ path, query }: Route, schemas: Map<string, Json>): readonly Json[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 58 },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: toSchema(schema as z.ZodType, schemas, 'input'),
  }));
  return [...inPath, ...inQuery];
}

function responses({ responses: good, problems, security }: Route, schemas: Map<string, Json>): Json {
  const found: Record<string, Json> = {};
  for (const [status, { description, schema, mediaType = 'application/json' }] of Object.entries(good)) {
    const body = schema === undefined ? {} : { schema: toSchema(schema, schemas, 'output') };
    found[status] = { description, content: { [mediaType]: body } };
  }
  const auth = security === 'none' ? [] : [401];
  const problem = toSchema(problemAnswer, schemas, 'output');
  for (const status of new Set([...COMMON_PROBLEMS, ...auth, ...problems])) {
    const kinds = Object.values(PROBLEMS).filter((kind) => kind.status === status);
    const description = [...new Set(kinds.map(({ title }) => title))].join('; ');
    found[String(status)] ??= { description, content: { 'application/problem+json': { schema: problem } } };
  }
  return found;
}

/** Schemas with an id become components. */
function toSchema(schema: z.ZodType, schemas: Map<string, Json>, io: 'input' | 'output'): Json {
  const made = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs, $schema: _, ...json } = JSON.parse(text) as Json & { $defs?: Record<string, Json> };
  for (const [id, inner] of Object.entries($defs ?? {})) schemas.set(id, inner);
  return json;
}
