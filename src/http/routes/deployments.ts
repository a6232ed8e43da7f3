import { toolHistory } from '../../app/history.ts';
import type { Api } from '../api.ts';
import { authorize } from '../authorize.ts';
import { parseQuery } from '../read-body.ts';
import { json, type Route } from '../route.ts';
import { deploymentsAnswer, deploymentsQuery } from '../schemas.ts';

export function deploymentsRoute(api: Api): Route {
  return {
    method: 'GET',
    path: '/v1/tools/{tool}/deployments',
    operationId: 'deployments',
    summary: 'Who deployed what, newest first',
    security: 'deployToken',
    query: deploymentsQuery,
    responses: { 200: { description: 'The newest deployments.', schema: deploymentsAnswer } },
    problems: [422],
    async handle(call) {
      const { tool } = await authorize(api, call);
      const { limit } = parseQuery(call.request, deploymentsQuery);
      const entries = await toolHistory(api.service.repo, tool, limit);
      const deployments = entries.map(({ sourceCommit, who, when, commit, ...entry }) => ({
        ...entry,
        sourceCommit: sourceCommit ?? null,
        who: who ?? null,
        when: when ?? null,
        commit: commit ?? null,
      }));
      return json({ tool, deployments });
    },
  };
}
