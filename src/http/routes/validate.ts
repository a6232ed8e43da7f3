import * as z from 'zod';
import { loadPlatform } from '../../app/load-platform.ts';
import type { Platform } from '../../model/platform.ts';
import { defaultPlatform } from '../../spec/check-platform.ts';
import { checkTool } from '../../spec/check-tool.ts';
import type { Diagnostic } from '../../spec/diagnostic.ts';
import { countOf, inOrder } from '../../spec/report.ts';
import { type Api, BODY_LIMIT } from '../api.ts';
import { HttpProblem } from '../problem.ts';
import { rateLimit } from '../rate-limit.ts';
import { decodeText, readBody, requireMediaType } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { validateAnswer } from '../schemas.ts';

const TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/plain'];
/** A spec takes some milliseconds, and nobody has to say who they are. */
const RATE = { perSecond: 20, burst: 40 };
/** How old the platform's settings may be here; milliseconds. */
const PLATFORM_AGE = 30_000;

export function validateRoute(api: Api): Route {
  const limit = rateLimit(api.clock, RATE);
  const platform = recentPlatform(api);
  const schema = z.string().meta({ description: 'toolforge.yaml' });
  return {
    method: 'POST',
    path: '/v1/validate',
    operationId: 'validate',
    summary: 'Check a toolforge.yaml',
    description:
      'For editors and bots: the spec as the body, all its mistakes as the answer. Nothing is kept.',
    security: 'none',
    body: { content: Object.fromEntries(TYPES.map((type) => [type, schema])) },
    responses: { 200: { description: 'As `validate --format json` prints it.', schema: validateAnswer } },
    problems: [413, 415],
    async handle({ request }) {
      if (!limit.take()) throw new HttpProblem('rate-limited', 'too many specs at once');
      requireMediaType(request, TYPES);
      const spec = { file: 'toolforge.yaml', text: decodeText(await readBody(request, BODY_LIMIT)) };
      const options = { platform: await platform(), lone: true };
      return json(reportOf(checkTool({ name: 'tool', spec }, options).diagnostics));
    },
  };
}

function reportOf(diagnostics: readonly Diagnostic[]) {
  return {
    diagnostics: inOrder(diagnostics).map(({ suggestion, ...each }) => ({
      ...each,
      suggestion: suggestion ?? null,
    })),
    tools: 1,
    errors: countOf(diagnostics, 'error'),
    warnings: countOf(diagnostics, 'warning'),
  };
}

/** Strangers may ask for this: they must not make the service ask the config repo each time. */
function recentPlatform({ service, clock }: Api): () => Promise<Platform> {
  let known: { readonly at: number; readonly platform: Promise<Platform> } | undefined;
  const read = async (): Promise<Platform> => {
    try {
      return (await loadPlatform(await service.heads.at())).platform ?? defaultPlatform();
    } catch {
      return defaultPlatform();
    }
  };
  return () => {
    if (known === undefined || clock.now() - known.at >= PLATFORM_AGE) {
      known = { at: clock.now(), platform: read() };
    }
    return known.platform;
  };
}
