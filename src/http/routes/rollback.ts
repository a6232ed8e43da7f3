import { onceResolved } from '../../app/once-resolved.ts';
import { rollbackEdit } from '../../app/rollback.ts';
import { type Api, BODY_LIMIT } from '../api.ts';
import { authorize } from '../authorize.ts';
import { parseJson, readBody, requireMediaType } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { rollbackAnswer, rollbackBody } from '../schemas.ts';

export function rollbackRoute(api: Api): Route {
  return {
    method: 'POST',
    path: '/v1/tools/{tool}/rollback',
    operationId: 'rollback',
    summary: 'Go back to an earlier image, and hold it there',
    security: 'deployToken',
    body: { content: { 'application/json': rollbackBody } },
    responses: { 200: { description: 'What runs now, and what was left.', schema: rollbackAnswer } },
    problems: [409, 413, 415, 422, 502],
    async handle(call) {
      const { tool, head, by } = await authorize(api, call);
      requireMediaType(call.request, ['application/json']);
      const body = parseJson(await readBody(call.request, BODY_LIMIT), rollbackBody);
      const { component, to, reason } = body;
      const openRegistry = onceResolved((platform) => api.service.openRegistry(platform));
      const edit = rollbackEdit({ tool, component, to, reason, by }, { clock: api.clock, openRegistry });
      // By itself first: the registry is asked before anybody else's change waits for its answer.
      await edit.run(head);
      const { commit, result } = await api.service.queue.submit(tool, edit);
      const { outcome, component: name, build, left } = result;
      api.metrics.onOutcome('rollback', outcome);
      call.log.info('rolled back', { tool, outcome, commit });
      return json({ outcome, commit, tool, component: name, build, left });
    },
  };
}
