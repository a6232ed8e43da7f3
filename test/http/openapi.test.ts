import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../support/fake-clock.ts';
import { digestOf } from '../support/fake-registry.ts';
import { fleetFiles, specOf } from '../support/fleet-files.ts';
import { memoryConfigRepo } from '../support/memory-config-repo.ts';
import { type Json, requestsOf, type SentRequest } from '../support/openapi-requests.ts';
import { bodyOf, serviceRig } from '../support/service-rig.ts';

const files = await fleetFiles(['hello', 'other']);

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}
interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema?: Json }>> }>
  >;
}

async function documentOf(): Promise<OpenApi> {
  const response = await serviceRig(memoryConfigRepo(files)).get('/openapi.json');
  return (await bodyOf(response)) as unknown as OpenApi;
}

describe('the OpenAPI document', () => {
  test('names every route, and how one shows who one is', async () => {
    const { openapi, paths } = await documentOf();
    expect(openapi).toBe('3.1.0');
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { security }]) =>
          `${method.toUpperCase()} ${path} ${security.flatMap((one) => Object.keys(one)).join()}`,
      ),
    );
    expect(routes).toEqual([
      'POST /v1/tools/{tool}/deploy deployToken',
      'GET /v1/tools/{tool}/deployments deployToken',
      'POST /v1/tools/{tool}/rollback deployToken',
      'POST /v1/tools/{tool}/hold deployToken',
      'POST /v1/tools/{tool}/unhold deployToken',
      'POST /v1/validate ',
      'POST /v1/webhooks/gitea giteaSignature',
      'POST /v1/webhooks/harbor harborAuthorization',
      'GET /healthz ',
      'GET /readyz ',
      'GET /metrics ',
      'GET /openapi.json ',
    ]);
  });

  test('every schema compiles and every reference leads somewhere', async () => {
    const document = await documentOf();
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'https://example.org/openapi' });
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"(#[^"]+)"/g)].map(([, ref]) => ref);
    expect(references.length).toBeGreaterThan(20);
    for (const ref of new Set(references)) {
      expect(ajv.getSchema(`https://example.org/openapi${ref}`)).toBeTypeOf('function');
    }
  });
});

describe('a fuzz over the document', () => {
  test('finds no 500, and no answer but those that are described', async () => {
    const document = await documentOf();
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'https://example.org/openapi' });
    const statuses = new Map<number, number>();
    const clock = fakeClock();
    const { app, registry } = serviceRig(memoryConfigRepo(files), { clock });
    registry.push('tool-hello/web', 'latest', '1');
    const check = async (sent: SentRequest) => {
      await clock.sleep(1_000);
      const response = await app.fetch(sent.request());
      const status = response.status;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect([sent.describe, status]).not.toEqual([sent.describe, 500]);
      const operation = document.paths[sent.path]?.[sent.method];
      const described = operation?.responses[String(status)];
      expect([sent.describe, status, described !== undefined]).toEqual([sent.describe, status, true]);
      const type = response.headers.get('content-type')?.split(';')[0] ?? '';
      const schema = described?.content[type]?.schema;
      if (schema === undefined) return;
      const validate = ajv.compile(
        JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://example.org/openapi#/')),
      );
      const body = await response.json();
      expect([validate(body), validate.errors]).toEqual([true, null]);
    };
    const known = {
      tools: ['hello', 'other', 'nowhere', '..', '%2e%2e', 'UPPER', 'x'.repeat(70)],
      texts: [
        digestOf('tool-hello/web 1'),
        'web',
        'latest',
        specOf('hello'),
        '2027-01-01T00:00:00Z',
        '__proto__',
      ],
    };
    await fc.assert(fc.asyncProperty(requestsOf(document as never, known), check), { numRuns: 400 });
    // Else it would have knocked at closed doors only.
    for (const status of [200, 202, 400, 401, 404])
      expect([status, statuses.has(status)]).toEqual([status, true]);
  });
});
