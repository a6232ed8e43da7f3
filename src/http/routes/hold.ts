import type { z } from 'zod';
import { holdEdit, unholdEdit } from '../../app/hold.ts';
import type { QueuedEdit } from '../../app/land-batch.ts';
import { type Api, BODY_LIMIT } from '../api.ts';
import { type Authorized, authorize } from '../authorize.ts';
import { parseJson, readBody, requireMediaType } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { holdAnswer, holdBody, unholdBody } from '../schemas.ts';

export function holdRoute(api: Api): Route {
  return actionRoute(api, {
    action: 'hold',
    summary: 'Keep a component on its image; new builds are recorded and wait',
    schema: holdBody,
    editOf: ({ component, reason, until }, { tool, by }) =>
      holdEdit({ tool, component, reason, until, by }, api.clock),
  });
}

export function unholdRoute(api: Api): Route {
  return actionRoute(api, {
    action: 'unhold',
    summary: 'Let a component move again; the build that waits is deployed',
    schema: unholdBody,
    editOf: ({ component, keep = false }, { tool, by }) => unholdEdit({ tool, component, keep, by }),
  });
}

interface Action<Schema extends z.ZodType<{ component: string }>> {
  readonly action: 'hold' | 'unhold';
  readonly summary: string;
  readonly schema: Schema;
  editOf(body: z.output<Schema>, who: Authorized): QueuedEdit<{ outcome: string; image: string }>;
}

function actionRoute<Schema extends z.ZodType<{ component: string }>>(
  api: Api,
  { action, summary, schema, editOf }: Action<Schema>,
): Route {
  return {
    method: 'POST',
    path: `/v1/tools/{tool}/${action}`,
    operationId: action,
    summary,
    security: 'deployToken',
    body: { content: { 'application/json': schema } },
    responses: { 200: { description: 'What runs now.', schema: holdAnswer } },
    problems: [413, 415, 422],
    async handle(call) {
      const who = await authorize(api, call);
      requireMediaType(call.request, ['application/json']);
      const body = parseJson(await readBody(call.request, BODY_LIMIT), schema);
      const { commit, result } = await api.service.queue.submit(who.tool, editOf(body, who));
      const { outcome, image } = result;
      api.metrics.onOutcome(action, outcome);
      call.log.info(action, { tool: who.tool, outcome, commit });
      return json({ outcome, commit, tool: who.tool, component: body.component, image });
    },
  };
}
